// What lies between what was computed: between two levels of noise, and between two steps of
// sampling.

import { bytes } from "aigc/ui/arrays.js";
import { places } from "aigc/ui/plane_canvas.js";

/**
 * A place on the plane: x, y.
 * @typedef {[number, number]} Place
 */

export const STEPS = 1000; // of noise; the slider's u is 0 for the data and t + 1 for step t
const ALPHA_STRIDE = 10; // of u, between two numbers of the schedule

/**
 * Return a + share (b − a).
 * @param {number} a
 * @param {number} b
 * @param {number} share
 */
export const mixed = (a, b, share) => a + share * (b - a);

/**
 * Cut `flat` into `count` equal parts, one a level. Return a function that gives what lies at a
 * level, which need not be whole.
 * @param {ArrayLike<number>} flat
 * @param {number} count
 * @returns {(level: number) => number[]}
 */
export function at_level(flat, count) {
  const long = flat.length / count;
  return (level) => {
    const low = Math.min(count - 2, Math.floor(level)),
      share = level - low,
      from = low * long;
    return Array.from({ length: long }, (_, i) =>
      mixed(flat[from + i], flat[from + long + i], share),
    );
  };
}

/**
 * Return the arrows at a level, read out of int8 in base64: x and y of each, 127 for the longest.
 * @param {string} text
 * @param {number} count of levels
 */
export const arrows_of = (text, count) => at_level(new Int8Array(bytes(text).buffer), count);

/**
 * Return the density at a level, read out of uint8 in base64: 255 for the largest.
 * @param {string} text
 * @param {number} count of levels
 */
export const maps_of = (text, count) => at_level(bytes(text), count);

/**
 * Return for each time of a sampling the places of all particles.
 * @param {string} text int16 in base64, in thousandths
 * @param {number} times
 * @returns {Place[][]}
 */
export function paths_of(text, times) {
  const all = /** @type {Place[]} */ (places(text)),
    long = all.length / times;
  return Array.from({ length: times }, (_, i) => all.slice(i * long, (i + 1) * long));
}

/**
 * Return how much of the data is left at u.
 * @param {number[]} alphas every tenth of the schedule's, from 1 at u = 0
 * @param {number} u
 */
export function alpha_at(alphas, u) {
  const i = Math.min(alphas.length - 2, Math.floor(u / ALPHA_STRIDE));
  return mixed(alphas[i], alphas[i + 1], u / ALPHA_STRIDE - i);
}

/**
 * Return how much noise stands beside `alpha` of the data: their squares are 1 in sum.
 * @param {number} alpha
 */
export const sigma_of = (alpha) => Math.sqrt(1 - alpha ** 2);

/**
 * Return alpha x_0 + sigma noise for each point.
 * @param {Place[]} data
 * @param {Place[]} noise
 * @param {number} alpha
 * @returns {Place[]}
 */
export const noised = (data, noise, alpha) =>
  data.map(([x, y], i) => [
    alpha * x + sigma_of(alpha) * noise[i][0],
    alpha * y + sigma_of(alpha) * noise[i][1],
  ]);

/**
 * Return where the particles of a sampling are at u; between two steps, on the straight line that
 * joins them.
 * @param {Place[][]} paths for each time the places of all particles
 * @param {number[]} times the step t of each, falling, the last -1
 * @param {number} u
 * @returns {Place[]}
 */
export function particles_at(paths, times, u) {
  const after = times.findIndex((t) => t + 1 <= u);
  if (after === -1) return paths.at(-1);
  if (after === 0) return paths[0];
  const share = (times[after - 1] + 1 - u) / (times[after - 1] - times[after]);
  return paths[after - 1].map(([x, y], i) => [
    mixed(x, paths[after][i][0], share),
    mixed(y, paths[after][i][1], share),
  ]);
}

/**
 * Return for each point the places through which it comes from u = `from` to u = `to`.
 * @param {(u: number) => Place[]} where the points are
 * @param {number} from
 * @param {number} to
 * @param {number} [count] of places
 */
export function tails_of(where, from, to, count = 9) {
  const stops = Array.from({ length: count }, (_, i) => where(mixed(from, to, i / (count - 1))));
  return stops[0].map((_, i) => stops.map((stop) => stop[i]));
}
