// The axes of the trilemma: where values stand on them, and how a duration is written.

/**
 * @typedef {object} AxisOptions
 * @property {boolean} falling whether less is better
 * @property {boolean} logarithmic
 */

/** Where an axis ends, in per cent from the top. */
export const BEST = 6;
export const WORST = 94;

/**
 * Where a value stands, in per cent from the top: the best of `values` is above, the worst below.
 * @param {number[]} values
 * @param {AxisOptions} options
 * @returns {(value: number) => number}
 */
export function axis_scale(values, { falling, logarithmic }) {
  const by = logarithmic ? Math.log : (value) => value,
    [low, high] = [by(Math.min(...values)), by(Math.max(...values))],
    span = high - low || 1;
  return (value) => {
    const share = (falling ? by(value) - low : high - by(value)) / span;
    return BEST + (WORST - BEST) * share;
  };
}

/**
 * A duration with its unit.
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  if (milliseconds >= 1000) return `${rounded(milliseconds / 1000, 2)} s`;
  return `${rounded(milliseconds, milliseconds < 10 ? 2 : 0)} ms`;
}

const rounded = (value, digits) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
