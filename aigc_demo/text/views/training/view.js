// What a model wrote at each snapshot of its training, and the curve of its loss.

import { loss_at, loss_plot } from "aigc/text/views/training/curve.js";
import { playback_controls } from "aigc/ui/playback_controls.js";

/**
 * What `replay` of view.py gives.
 * @typedef {object} Value
 * @property {string} model
 * @property {string} prompt
 * @property {number} seed
 * @property {number} temperature
 * @property {import("aigc/text/views/training/curve.js").LossCurve} curve
 * @property {{ step: number, text: string, bits: number }[]} snapshots
 * @property {boolean} finished
 * @property {Both} [problem]
 */

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = "drawing player machine";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.curve));

  const waking = make("p", { class: "waking" }, say(words.waking));
  const title = make("h3"),
    asked = make("span", { class: "data" }),
    written = make("span", { class: "generated" });
  const page = make("div", { class: "page", tabindex: "0", translate: "no" }, asked, written);
  const bar = playback_controls(root, words, show);
  const plot = loss_plot(words, (index) => {
    bar.pause();
    bar.go(index);
  });
  const figures = make("dl", { class: "figures" });
  const happened = make("p", { class: "note" });
  const stage = make(
    "div",
    { class: "machine-stage" },
    make("div", {}, title, page, bar.bar),
    make("div", {}, figures, plot.element),
  );
  stage.hidden = true;
  root.append(waking, stage, happened);
  const [steps, loss, surprise] = ["steps", "loss", "surprise"].map((key) => {
    const figure = make("dd", { class: key });
    figures.append(make("div", {}, make("dt", {}, say(words[key])), figure));
    return figure;
  });

  function show(index) {
    const { snapshots, curve, prompt } = props.value,
      { step, text, bits } = snapshots[index],
      mean = loss_at(curve, step);
    title.textContent = step ? say(words.step, { step: number(step, 0) }) : say(words.untrained);
    asked.textContent = prompt;
    written.textContent = text;
    steps.textContent = number(step, 0);
    loss.textContent = number(mean, 2);
    surprise.textContent = number(bits, 2);
    plot.mark(step, mean);
    return title.textContent;
  }
  function open() {
    if (!props.value?.snapshots?.length) return;
    waking.hidden = true;
    stage.hidden = false;
    const { model, seed, temperature, snapshots, curve } = props.value;
    plot.draw(
      curve,
      snapshots.map(({ step }) => step),
    );
    bar.open(snapshots.length, 0.8);
    bar.go(snapshots.length - 1);
    const name = say(words[model] ?? model),
      count = snapshots.length;
    const sentence = say(words.happened, { model: name, seed, temperature, count });
    happened.textContent = `${sentence} ${say(words.stored)}`;
  }
  watch("value", open);
  open();
}
