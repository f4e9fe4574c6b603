// How a model's influence by distance becomes a curve of the chart. A point is [distance, share];
// both axes are logarithmic.

/** @import { Point, Scale } from "aigc/ui/scale.js" */

// distances, by tenths of a decade
const EDGES = [
  1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 80, 100, 126, 159, 200, 252,
];
export const LEAST = 1e-5; // of the influence: what is less falls through the floor of the chart

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
 * Where a curve ends, or leaves through the floor, in per cent of the plot: its name stands there.
 * @param {Point[]} points
 * @param {Pick<Scale, "across" | "down">} scale
 */
export function end_of(points, { across, down }) {
  const [distance, share] = points.at(-1),
    [before, more] = points.at(-2) ?? points.at(-1);
  if (share >= LEAST) return { across: across(distance), down: down(share) };
  const part = (100 - down(more)) / (down(share) - down(more));
  return { across: across(before) + (across(distance) - across(before)) * part, down: 97 };
}
