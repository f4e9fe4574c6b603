// What this laboratory shows beside what all do: a slider from data to noise, and charts.

import { STEPS } from "aigc/diffusion/views/plane/interpolation.js";
import { lab_button, lab_stage } from "aigc/ui/live_lab_stage.js";
import { live_line_chart } from "aigc/ui/live_line_chart.js";
import { plane_canvas } from "aigc/ui/plane_canvas.js";

const PROCEDURE = ["sample", "noise", "show", "predict", "compare", "update"];
/** @type {Record<string, string>} their signs */
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
 * @param {Actions} actions
 */
export function layout(words, actions) {
  const { make, say } = window.aigc;
  const lab = lab_stage(words, {
    layers: LAYERS,
    hidden: ["exact"],
    steps: PROCEDURE,
    redraw: actions.redraw,
  });
  const button = (word, act, look = "") => lab_button(word, say(words[word]), act, look),
    train = button("train", actions.train, "main"),
    clear = button("clear", actions.clear);
  const level = make("p", { class: "level", "aria-hidden": "true" }),
    now = make("p", { class: "now" }),
    time = time_line(words, actions),
    chart = charts(words);
  lab.lay_out({
    over: [level],
    left: [
      time.element,
      make("div", { class: "bar" }, train, button("anew", actions.reset), clear),
    ],
    right: [now, lab.legend.element, chart.element, lab.steps.element],
    below: [lab.summary],
  });
  return {
    ...lab,
    ...{ level, now, train, clear, play: time.play, slider: time.slider },
    ...{ loss: chart.loss, apart: chart.apart, exact_plane: chart.exact },
  };
}
