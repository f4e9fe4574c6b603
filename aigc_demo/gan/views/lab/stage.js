// What is seen of the laboratory, and what shows a frame on all of it.

import { charts, optimum_chart } from "aigc/gan/views/lab/charts.js";
import { break_buttons, control_bar } from "aigc/gan/views/lab/controls.js";
import { draw_frame, LAYERS } from "aigc/gan/views/lab/plane.js";
import { STEPS, step_texts } from "aigc/gan/views/lab/steps.js";
import { summary_of } from "aigc/gan/views/lab/summary.js";
import { lab_stage } from "aigc/ui/live_lab_stage.js";

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
  const { make } = window.aigc;
  const lab = lab_stage(words, { layers: LAYERS, steps: STEPS, redraw: actions.draw }),
    bar = control_bar(words, actions),
    optimum = optimum_chart(words),
    lines = charts(words),
    breaks = break_buttons(words, presets, actions.preset),
    diagrams = make("div", { class: "charts" }, optimum.element, ...lines.elements);
  lab.lay_out({
    left: [lab.legend.element, bar.element],
    right: [lab.steps.element, lab.summary, diagrams],
    below: [breaks.element],
  });

  /** @param {State} state with a frame */
  function show({ value, mode, step }) {
    const running = mode === "run",
      { shown } = lab.legend;
    draw_frame(lab.plane, value, { step: running ? 0 : step, wanted: shown });
    optimum.show(value);
    lab.steps.show(step_texts(value), (i) => running && i > 0, step - 1);
    lab.summary.textContent = summary_of(words, value);
  }
  return { ...lab, bar, breaks, charts: lines, show };
}
