// Two handles on the density of a Gaussian: the large one on its top moves the mean, the small one
// on its side the width.

import { normal } from "aigc/maths/views/_shared/arithmetic.js";
import { clamp } from "aigc/ui/arithmetic.js";
import { format_number } from "aigc/ui/format.js";

/** @import { Gaussian } from "aigc/maths/views/_shared/arithmetic.js" */
/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Plot } from "aigc/ui/plot.js" */

const STEP = 0.05;

/**
 * @typedef {object} GaussianHandlesOptions
 * @property {string} look
 * @property {{ mean: string, width: string }} labels
 * @property {Range} means
 * @property {Range} sides where the side may be
 * @property {Range} widths
 * @property {number} top the highest place for a handle
 * @property {() => Gaussian} get
 * @property {(to: Gaussian) => void} set called when a handle is moved
 */

/**
 * @param {Plot} plot
 * @param {GaussianHandlesOptions} options
 */
export function gaussian_handles(plot, { look, labels, means, sides, widths, top, get, set }) {
  const mean = plot.handle({
    look,
    label: labels.mean,
    range: { x: means },
    step: STEP,
    move: ([to]) => set({ ...get(), mean: to }),
  });
  const side = plot.handle({
    look: `${look} small`,
    label: labels.width,
    range: { x: sides },
    step: STEP,
    move: ([to]) => set({ ...get(), width: clamp(+(to - get().mean).toFixed(4), widths) }),
  });
  return {
    /** Put both where the Gaussian is now. */
    show() {
      const now = get(),
        edge = now.mean + now.width;
      const height = (x) => Math.min(top, normal(x, now.mean, now.width));
      mean.show([now.mean, height(now.mean)], `μ = ${format_number(now.mean, 2)}`);
      side.show([edge, height(edge)], `σ = ${format_number(now.width, 2)}`);
    },
  };
}
