// How a model's influence by distance becomes a curve of the chart. A point is [distance, share];
// both axes are logarithmic.

/** @typedef {[distance: number, share: number]} Point */

// distances, by tenths of a decade
const EDGES = [
  1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 80, 100, 126, 159, 200, 252,
];
const LEAST = 1e-5; // of the influence: what is less falls through the floor of the chart

/**
 * The mean share per character within each step of distance.
 * @param {number[]} curve the share of each distance, from 1 on
 * @returns {Point[]}
 */
export function smooth(curve) {
  return EDGES.slice(0, -1).flatMap((from, index) => {
    const part = curve.slice(from - 1, EDGES[index + 1] - 1);
    if (!part.length) return [];
    const mean = part.reduce((a, b) => a + b, 0) / part.length;
    return [/** @type {Point} */ ([from + (part.length - 1) / 2, mean])];
  });
}

/**
 * The points down to the first that lies under the floor.
 * @param {Point[]} points
 * @returns {Point[]}
 */
export function above_floor(points) {
  const under = points.findIndex(([, share]) => share < LEAST);
  if (under < 0) return points;
  const [distance, share] = points[under];
  return [...points.slice(0, under), [distance, Math.max(share, 1e-9)]];
}

/**
 * The chart's scales, in hundredths of its width and height from the top left, and the shares of
 * its horizontal lines.
 * @param {number} length the largest distance
 */
export function scales(length) {
  const decades = -Math.log10(LEAST);
  return {
    x: (distance) => (100 * Math.log(distance)) / Math.log(Math.max(2, length)),
    y: (share) => (-100 * Math.log10(share)) / decades,
    lines: Array.from({ length: decades + 1 }, (_, power) => 10 ** -power),
  };
}

/**
 * Where a curve ends, or leaves through the floor, in the chart: its name stands there.
 * @param {Point[]} points
 * @param {Pick<ReturnType<typeof scales>, "x" | "y">} scales
 */
export function end_of(points, { x, y }) {
  const [distance, share] = points.at(-1),
    [before, more] = points.at(-2) ?? points.at(-1);
  if (share >= LEAST) return { x: x(distance), y: y(share) };
  const part = (100 - y(more)) / (y(share) - y(more));
  return { x: x(before) + (x(distance) - x(before)) * part, y: 97 };
}

/**
 * The same places, from the lowest up, moved apart so that names do not cover each other.
 * @template {{ y: number }} Place
 * @param {Place[]} places
 * @param {number} [gap]
 * @returns {Place[]}
 */
export function spread(places, gap = 8) {
  let above = Infinity;
  return places
    .slice()
    .sort((a, b) => b.y - a.y)
    .map((place) => {
      above = Math.min(place.y, above - gap);
      return { ...place, y: above };
    });
}

/**
 * A share, a power of ten, in percent.
 * @param {number} share
 */
export const percent = (share) => {
  if (share >= 0.01) return `${Math.round(100 * share)} %`;
  return `${(100 * share).toFixed(Math.round(-Math.log10(share)) - 2)} %`;
};
