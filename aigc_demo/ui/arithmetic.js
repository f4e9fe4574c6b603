// Ranges of numbers, and lists of them.

/** @typedef {[number, number]} Range lowest and highest value */

/**
 * @param {number} value
 * @param {Range} range
 */
export const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));

/**
 * `count` numbers at equal distances, from the lower end of the range to the upper.
 * @param {Range} range
 * @param {number} count
 */
export const linspace = ([low, high], count) =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** @param {number[]} values */
export const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * The values with entry `i` replaced.
 * @param {number[]} values
 * @param {number} i
 * @param {number} value
 */
export const replaced = (values, i, value) => values.map((each, j) => (j === i ? value : each));

/**
 * The indices of the values, of the largest first.
 * @param {number[]} values
 */
export const ranking = (values) => values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
