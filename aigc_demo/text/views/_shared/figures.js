// Numbers as text.

/**
 * A number with so many digits after the point, and its thousands told apart.
 * @param {number} x
 * @param {number} digits
 */
export const fixed = (x, digits) =>
  x.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/**
 * A number with the typographer's minus; what is rounded to 0 has no sign.
 * @param {number} x
 * @param {number} [digits]
 */
export const signed = (x, digits = 2) =>
  fixed(x, digits)
    .replace(/^-(?=0[.0]*$)/, "")
    .replace("-", "−");

/**
 * `x`, or the end of the range from `low` to `high` that is nearest.
 * @param {number} x
 * @param {number} low
 * @param {number} high
 */
export const clamp = (x, low, high) => Math.max(low, Math.min(high, x));

/**
 * A probability in percent, finer where it is small.
 * @param {number} p
 */
export const percent = (p) => {
  if (p >= 0.0995) return `${fixed(100 * p, 0)} %`;
  return `${fixed(100 * p, p < 0.001 ? 3 : 1)} %`;
};

/**
 * A number with four digits after the point, or, where it is smaller than that shows, by its power
 * of ten.
 * @param {number} x
 */
export function scientific(x) {
  if (Math.abs(x) >= 0.001 || x === 0) return signed(x, 4);
  const power = Math.floor(Math.log10(Math.abs(x)));
  return `${signed(x / 10 ** power, 2)} · 10^${power}`;
}
