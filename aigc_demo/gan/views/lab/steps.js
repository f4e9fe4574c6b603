// The training procedure in seven steps, each with the numbers of this very frame.

import { format_number } from "aigc/ui/format.js";

/** @import { Frame } from "aigc/gan/views/lab/view.js" */

const STEPS = ["initialise", "real", "noise", "judge", "learn_d", "learn_g", "repeat"];

/**
 * What is written beside each of the steps.
 * @param {Frame} frame
 */
export function step_texts({ weights, first, verdicts, loss, rules, rounds }) {
  const point = (place) => `(${place.map((each) => format_number(each, 2)).join(", ")})`,
    change = (losses) => losses.map((each) => format_number(each, 3)).join(" → ");
  const D = rules.loss === "wasserstein" ? "f" : "D",
    [real, generated] = verdicts;
  return [
    `G ${format_number(weights.G, 0)} · D ${format_number(weights.D, 0)}`,
    `x = ${point(first.x)}`,
    `z = ${point(first.z)} → ${point(first.y)}`,
    `${D}(x) ${format_number(real, 2)} · ${D}(G(z)) ${format_number(generated, 2)}`,
    change(loss.D),
    change(loss.G),
    `${format_number(rounds, 0)} ×`,
  ];
}

/**
 * @param {Words} words
 */
export function training_steps(words) {
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
    const texts = step_texts(frame);
    steps.forEach(({ item, output }, i) => {
      output.textContent = texts[i];
      item.classList.toggle("lit", i + 1 === current || (running && i > 0));
      if (i + 1 === current) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
  }
  return { element: make("ol", look, ...steps.map(({ item }) => item)), show };
}
