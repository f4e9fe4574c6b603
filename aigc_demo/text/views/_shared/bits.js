// How surprising a character is, as a shade and in words, and where the characters of a text stand.

import { format_number } from "aigc/ui/format.js";

const EDGES = [1, 2, 4, 6, 8]; // bits at which the tint deepens

/**
 * Which of the tint's six shades so many bits have, 0 to 5.
 * @param {number} bits
 */
export const shade_of = (bits) => EDGES.filter((edge) => bits >= edge).length;

/** The bits of each shade, in words. */
export const tint_ranges = () => [
  `< ${EDGES[0]}`,
  ...EDGES.slice(1).map((edge, i) => `${EDGES[i]}–${edge}`),
  `≥ ${EDGES.at(-1)}`,
];

/**
 * A probability in percent, or, where it is small, as one in so many.
 * @param {number} p
 */
export function share_of(p) {
  if (p >= 0.01) return `${format_number(100 * p, 1)} %`;
  return p ? `1/${format_number(Number((1 / p).toPrecision(2)), 0)}` : "0 %";
}

/**
 * The mean bits of the last `count` characters, at each.
 * @param {number[]} bits
 * @param {number} count
 */
export function running_mean(bits, count) {
  let sum = 0;
  return bits.map((each, i) => {
    sum += each - (i >= count ? bits[i - count] : 0);
    return sum / Math.min(i + 1, count);
  });
}

/**
 * The character above (by -1) or below (1) that of `index`: the nearest of the next line; itself
 * where there is none.
 * @param {(index: number) => { left: number, top: number } | undefined} place of a character
 * @param {number} index
 * @param {number} by
 */
export function nearest_in_line(place, index, by) {
  const SAME = 4; // pixels that the characters of a line may differ by
  const { left, top } = place(index);
  let best = index,
    distance = Infinity,
    line = null;
  for (let i = index + by; ; i += by) {
    const box = place(i);
    if (!box) return best;
    if (Math.abs(box.top - top) < SAME) continue;
    line ??= box.top;
    if (Math.abs(box.top - line) > SAME) return best;
    if (Math.abs(box.left - left) < distance) [best, distance] = [i, Math.abs(box.left - left)];
  }
}
