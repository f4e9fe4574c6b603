// Small numbers as text.

import { format_number } from "aigc/ui/format.js";

/**
 * A number with four digits after the point, or, where it is smaller than that shows, by its power
 * of ten.
 * @param {number} x
 */
export function scientific(x) {
  if (Math.abs(x) >= 0.001 || x === 0) return format_number(x, 4);
  const power = Math.floor(Math.log10(Math.abs(x)));
  return `${format_number(x / 10 ** power, 2)} · 10^${power}`;
}
