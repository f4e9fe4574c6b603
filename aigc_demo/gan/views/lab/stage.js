// What is seen of the laboratory, and what shows a frame on all of it.

import { charts, optimum_chart } from "aigc/gan/views/lab/charts.js";
import { break_buttons, control_bar } from "aigc/gan/views/lab/controls.js";
import { layout } from "aigc/gan/views/lab/layout.js";
import { legend } from "aigc/gan/views/lab/legend.js";
import { draw_frame } from "aigc/gan/views/lab/plane.js";
import { training_steps } from "aigc/gan/views/lab/steps.js";
import { summary_of } from "aigc/gan/views/lab/summary.js";
import { plane_canvas } from "aigc/ui/plane_canvas.js";
import { on_theme_change } from "aigc/ui/theme.js";

/** @import { State } from "aigc/gan/views/lab/view.js" */
/** @import { Act, Mode } from "aigc/gan/views/lab/training_loop.js" */

/**
 * @param {Words} words
 * @param {string[]} presets
 * @param {object} actions
 * @param {() => void} actions.draw
 * @param {(mode: Mode) => void} actions.toggle
 * @param {(act: Act) => void} actions.once
 * @param {() => void} actions.begin
 * @param {() => void} actions.clear
 * @param {(name: string, mended: boolean) => void} actions.preset
 */
export function stage(words, presets, actions) {
  const { make, say } = window.aigc;
  const waking = make("p", { class: "waking" }, say(words.waking)),
    hint = make("p", { class: "hint over" }, say(words.draw)),
    problem = make("p", { class: "problem", role: "alert" }),
    summary = make("p", { class: "summary" }),
    spoken = make("p", { class: "spoken", "aria-live": "polite" });
  const look = { class: "plane", tabindex: "0", role: "img", "aria-label": say(words.plane) };
  const plane = plane_canvas(760, look),
    layers = legend(words, actions.draw),
    bar = control_bar(words, actions),
    steps = training_steps(words),
    optimum = optimum_chart(words),
    lines = charts(words),
    breaks = break_buttons(words, presets, actions.preset);
  const body = layout({
    ...{ hint, problem, summary, spoken, charts: lines.elements },
    ...{ plane: plane.canvas, legend: layers.element, bar: bar.element, steps: steps.element },
    ...{ optimum: optimum.element, breaks: breaks.element },
  });
  body.hidden = true;
  on_theme_change(actions.draw);

  /** @param {State} state with a frame */
  function show({ value, mode, step }) {
    const running = mode === "run";
    draw_frame(plane, value, { step: running ? 0 : step, wanted: layers.wanted });
    optimum.show(value);
    steps.show(value, step, running);
    summary.textContent = summary_of(words, value);
  }
  /** @param {"lost" | "gone" | Both | null} text what went wrong, or nothing */
  function tell(text) {
    problem.textContent = say(typeof text === "string" ? words[text] : text);
  }
  return { waking, body, hint, spoken, plane, bar, breaks, charts: lines, show, tell };
}
