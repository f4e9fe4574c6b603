// The range of the chart of quality, whose axes are logarithmic, and what stands nearest to the
// sliders.

/**
 * A measured point: steps, value.
 * @typedef {[number, number]} Point
 */

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
