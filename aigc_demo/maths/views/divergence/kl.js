// KL divergence of lists, and the Gaussian nearest to a mixture of two, as in divergence.py.

import { log_normal } from "aigc/maths/views/_shared/arithmetic.js";
import { linspace, sum } from "aigc/ui/arithmetic.js";

/** @typedef {{ distance: number, share: number, width: number }} Mixture share: of the left one */

const EDGE = 16; // where the integrals over a mixture end
const FIRST_STEP = 0.5; // of the search for a fit
const LAST_STEP = 1e-5;
const FIRST_WIDTH = 0.5;
const MIN_WIDTH = 0.1;
const MAX_WIDTH = 10;

/** Where a mixture is looked at. */
export const GRID = linspace([-EDGE, EDGE], 801);
const CELL = GRID[1] - GRID[0];

/**
 * P ln(P / Q) of each outcome: 0 where P is 0.
 * @param {number[]} p
 * @param {number[]} q
 */
export const kl_terms = (p, q) =>
  p.map((each, i) => (each === 0 ? 0 : each * Math.log(each / q[i])));

/**
 * D(P‖Q) in nats.
 * @param {number[]} p
 * @param {number[]} q
 */
export const kl = (p, q) => sum(kl_terms(p, q));

/**
 * The distribution with outcome i at `to`, the others in their proportion.
 * @param {number[]} p
 * @param {number} i
 * @param {number} to
 */
export function with_probability(p, i, to) {
  const others = 1 - p[i],
    rest = 1 - to;
  return p.map((each, j) => {
    if (j === i) return to;
    return others > 1e-9 ? (each * rest) / others : rest / (p.length - 1);
  });
}

/**
 * ln of the density of a mixture over GRID: Gaussians of one width at ±distance.
 * @param {Mixture} mixture
 */
export const log_mixture = ({ distance, share, width }) =>
  GRID.map((x) => {
    const left = Math.log(share) + log_normal(x, -distance, width),
      right = Math.log(1 - share) + log_normal(x, distance, width),
      largest = Math.max(left, right);
    return largest + Math.log(Math.exp(left - largest) + Math.exp(right - largest));
  });

/**
 * D(P‖Q), forward, or D(Q‖P) between P over GRID and a Gaussian Q, as a sum over the grid.
 * @param {number[]} log_p
 * @param {number} mean
 * @param {number} log_width
 * @param {boolean} forward
 */
export function kl_to_gaussian(log_p, mean, log_width, forward) {
  const width = Math.exp(log_width);
  let total = 0;
  for (let i = 0; i < GRID.length; i++) {
    const log_q = log_normal(GRID[i], mean, width);
    total += forward
      ? Math.exp(log_p[i]) * (log_p[i] - log_q)
      : Math.exp(log_q) * (log_q - log_p[i]);
  }
  return total * CELL;
}

/**
 * The Gaussian nearest to P over GRID, searched from mean `start`. A compass search: of four steps,
 * mean or ln width up or down, the best is taken; where none is better the step is halved.
 * @param {number[]} log_p
 * @param {boolean} forward
 * @param {number} start
 */
export function fit_gaussian(log_p, forward, start) {
  let [mean, log_width] = [start, Math.log(FIRST_WIDTH)],
    least = kl_to_gaussian(log_p, mean, log_width, forward),
    step = FIRST_STEP,
    tries = 1;
  while (step > LAST_STEP) {
    const around = [
      [mean + step, log_width],
      [mean - step, log_width],
      [mean, log_width + step],
      [mean, log_width - step],
    ].filter(([, log]) => Math.exp(log) >= MIN_WIDTH && Math.exp(log) <= MAX_WIDTH);
    const found = around.map(([to, log]) => kl_to_gaussian(log_p, to, log, forward)),
      lowest = Math.min(...found);
    tries += found.length;
    if (lowest < least) {
      least = lowest;
      [mean, log_width] = around[found.indexOf(lowest)];
    } else step /= 2;
  }
  return { mean, width: Math.exp(log_width), divergence: least, tries };
}
