// What stands where in the laboratory: the plane with its slider at the left; legend, charts and
// the six steps at the right.

import { STEPS } from "aigc/diffusion/views/plane/interpolation.js";
import { live_line_chart } from "aigc/ui/live_line_chart.js";
import { plane_canvas } from "aigc/ui/plane_canvas.js";

const TRAINING = ["sample", "noise", "show", "predict", "compare", "update"];
const LAYERS = {
  data: "●",
  generated: "◆",
  tails: "∿",
  learned: "↗",
  exact: "↗",
  density: "▒",
};

/**
 * What the controls do.
 * @typedef {object} Actions
 * @property {() => void} train
 * @property {() => void} reset
 * @property {() => void} clear
 * @property {() => void} play
 * @property {(u: number) => void} slide
 * @property {() => void} redraw
 *
 * @typedef {ReturnType<typeof layout>} Parts
 */

/**
 * Draw a button for each layer of the plane.
 * @param {Words} words
 * @param {Set<string>} shown the layers that are seen, which the buttons change
 * @param {() => void} redraw
 */
function legend(words, shown, redraw) {
  const { make, say } = window.aigc;
  const buttons = Object.entries(LAYERS).map(([name, sign]) => {
    const button = make(
      "button",
      { type: "button", class: name, "aria-pressed": shown.has(name) },
      make("b", { "aria-hidden": "true", translate: "no" }, sign),
      ` ${say(words[name])}`,
    );
    button.addEventListener("click", () => {
      shown[shown.has(name) ? "delete" : "add"](name);
      button.setAttribute("aria-pressed", String(shown.has(name)));
      redraw();
    });
    return button;
  });
  return make(
    "div",
    { class: "legend", role: "group", "aria-label": say(words.layers_shown) },
    ...buttons,
  );
}

/**
 * Draw the slider from data to noise, and the button that moves it.
 * @param {Words} words
 * @param {Actions} actions
 */
function time_line(words, actions) {
  const { make, say } = window.aigc;
  const play = make("button", { type: "button", class: "round", "data-act": "play" });
  play.addEventListener("click", actions.play);
  const slider = make("input", {
    type: "range",
    min: 0,
    max: STEPS,
    step: 1,
    "aria-label": say(words.slider),
    title: say(words.slider),
    value: 0,
  });
  slider.addEventListener("input", () => actions.slide(+slider.value));
  const element = make(
    "div",
    { class: "ride" },
    play,
    make("span", { class: "data" }, say(words.clean)),
    slider,
    make("span", { class: "noise" }, say(words.noisy)),
  );
  return { element, play, slider };
}

/**
 * Draw the charts: the loss; the distance of the scores, with a mark at the slider's level; and the
 * plane on which the exact score leads.
 * @param {Words} words
 */
function charts(words) {
  const { make, say } = window.aigc;
  const loss = live_line_chart(say(words.loss), { L: "loss", [say(words.least)]: "noise dashed" }),
    apart = live_line_chart(say(words.apart), { Δ: "attention" }, 3);
  const exact = plane_canvas(420, { role: "img", "aria-label": say(words.truth) });
  const element = make(
    "div",
    { class: "charts" },
    make(
      "figure",
      { class: "line-chart truth" },
      make("figcaption", {}, say(words.truth)),
      exact.canvas,
    ),
    make("div", { class: "two" }, loss.element, apart.element),
  );
  return { element, loss, apart, exact };
}

/**
 * Draw all parts, and return those that change.
 * @param {Words} words
 * @param {Set<string>} shown layers
 * @param {Actions} actions
 */
export function layout(words, shown, actions) {
  const { make, say } = window.aigc;
  const plane = plane_canvas(760, {
    class: "plane",
    tabindex: "0",
    role: "img",
    "aria-label": say(words.plane),
  });
  const button = (word, act, look = "") => {
    const made = make(
      "button",
      { type: "button", class: look, "data-act": word },
      say(words[word]),
    );
    made.addEventListener("click", act);
    return made;
  };
  const train = button("train", actions.train, "main"),
    clear = button("clear", actions.clear);
  const waking = make("p", { class: "waking" }, say(words.waking)),
    hint = make("p", { class: "hint over" }, say(words.draw)),
    level = make("p", { class: "level", "aria-hidden": "true" }),
    problem = make("p", { class: "problem", role: "alert" }),
    now = make("p", { class: "now" }),
    summary = make("p", { class: "summary" }),
    spoken = make("p", { class: "spoken", "aria-live": "polite" });
  const time = time_line(words, actions),
    chart = charts(words);
  const steps = TRAINING.map((name) =>
    make("li", {}, make("span", {}, say(words[name])), make("output", { translate: "no" })),
  );
  const left = make(
    "div",
    { class: "left" },
    make("div", { class: "field" }, plane.canvas, level, hint),
    time.element,
    make("div", { class: "bar" }, train, button("anew", actions.reset), clear),
    problem,
  );
  const right = make(
    "div",
    { class: "right" },
    now,
    legend(words, shown, actions.redraw),
    chart.element,
    make("ol", { class: "steps", "aria-label": say(words.training) }, ...steps),
  );
  const halves = make("div", { class: "halves" }, left, right);
  const body = make("div", { class: "body" }, halves, summary, spoken);
  [body.hidden, hint.hidden] = [true, true];
  return {
    ...{ waking, body, plane, hint, level, problem, now, summary, spoken, train, clear, steps },
    ...{ play: time.play, slider: time.slider },
    ...{ loss: chart.loss, apart: chart.apart, exact_plane: chart.exact },
  };
}
