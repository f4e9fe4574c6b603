// The scales of the chart of quality, both logarithmic, and what stands nearest to the sliders.

/**
 * A measured point: steps, value.
 * @typedef {[number, number]} Point
 */

const TICKS = [1, 2, 5];

/**
 * Return the round numbers (1, 2 and 5 times a power of ten) from `low` to `high`.
 * @param {number} low
 * @param {number} high
 */
export function ticks(low, high) {
  const first = Math.floor(Math.log10(low)),
    count = Math.ceil(Math.log10(high)) - first + 1;
  return Array.from({ length: count }, (_, i) => first + i)
    .flatMap((power) => TICKS.map((tick) => Number(`${tick}e${power}`)))
    .filter((tick) => tick >= low && tick <= high);
}

/**
 * Return a logarithmic scale from `low` at 0 % to `high` at 100 %; what lies beyond stands at its
 * end.
 * @param {number} low
 * @param {number} high
 * @returns {(value: number) => number}
 */
export const log_scale = (low, high) => (value) =>
  (100 * Math.log(Math.min(high, Math.max(low, value)) / low)) / Math.log(high / low);

/**
 * Return the ends of a logarithmic axis for these values, with room above and below. Zeros have no
 * place on it.
 * @param {number[]} values
 * @returns {[number, number]}
 */
export function ends(values) {
  const positive = values.filter((value) => value > 0);
  return [0.8 * Math.min(...positive), 1.15 * Math.max(...positive)];
}

/**
 * Return the point whose steps are nearest to `steps`, by their ratio.
 * @param {Point[]} points
 * @param {number} steps
 */
export function nearest(points, steps) {
  /** @param {Point} point */
  const away = ([count]) => Math.abs(Math.log(count / steps));
  return points.reduce((best, point) => (away(point) < away(best) ? point : best));
}
