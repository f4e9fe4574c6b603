// The training procedure in seven steps, each with the numbers of this very frame.

import { format_number } from "aigc/ui/format.js";

/** @import { Frame } from "aigc/gan/views/lab/view.js" */

export const STEPS = ["initialise", "real", "noise", "judge", "learn_d", "learn_g", "repeat"];

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
