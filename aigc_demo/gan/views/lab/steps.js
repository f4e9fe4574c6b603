// The training procedure in seven steps, each with the numbers of this very frame.

/** @import { Frame } from "aigc/gan/views/lab/view.js" */
/** @typedef {(value: number | null, digits?: number) => string} Written */

const STEPS = ["initialise", "real", "noise", "judge", "learn_d", "learn_g", "repeat"];

/**
 * What is written beside each of the steps.
 * @param {Frame} frame
 * @param {Written} written
 */
export function step_texts({ weights, first, verdicts, loss, rules, rounds }, written) {
  const point = (place) => `(${place.map((each) => written(each)).join(", ")})`,
    change = (losses) => losses.map((each) => written(each, 3)).join(" → ");
  const D = rules.loss === "wasserstein" ? "f" : "D",
    [real, generated] = verdicts;
  return [
    `G ${written(weights.G, 0)} · D ${written(weights.D, 0)}`,
    `x = ${point(first.x)}`,
    `z = ${point(first.z)} → ${point(first.y)}`,
    `${D}(x) ${written(real)} · ${D}(G(z)) ${written(generated)}`,
    change(loss.D),
    change(loss.G),
    `${written(rounds, 0)} ×`,
  ];
}

/**
 * @param {Words} words
 * @param {Written} written
 */
export function training_steps(words, written) {
  const { make, say } = window.aigc;
  const steps = STEPS.map((name) => {
    const output = make("output", { translate: "no" });
    return { item: make("li", {}, make("span", {}, say(words[name])), output), output };
  });
  const look = { class: "steps", "aria-label": say(words.training) };
  /**
   * @param {Frame} frame
   * @param {number} current the step that is shown, from 1 on; 0 for none
   * @param {boolean} running whether all of them but the first are taken again and again
   */
  function show(frame, current, running) {
    const texts = step_texts(frame, written);
    steps.forEach(({ item, output }, i) => {
      output.textContent = texts[i];
      item.classList.toggle("lit", i + 1 === current || (running && i > 0));
      if (i + 1 === current) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
  }
  return { element: make("ol", look, ...steps.map(({ item }) => item)), show };
}
