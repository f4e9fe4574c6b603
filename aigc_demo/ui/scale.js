// How a plot's units become places on the page, and how a handle moves in them.

import { clamp } from "aigc/ui/arithmetic.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @typedef {[number, number]} Point x and y, in the plot's units */
/** @typedef {"x" | "y" | "both"} Direction */

/**
 * @typedef {object} Scale
 * @property {(x: number) => number} across per cent of the width, from the left
 * @property {(y: number) => number} down per cent of the height, from the top
 * @property {(across: number, down: number) => Point} invert from shares of width and height
 */

/**
 * The scale of a plot over two ranges.
 * @param {Range} x
 * @param {Range} y
 * @returns {Scale}
 */
export const linear_scale = (x, y) => ({
  across: (u) => (100 * (u - x[0])) / (x[1] - x[0]),
  down: (v) => 100 - (100 * (v - y[0])) / (y[1] - y[0]),
  invert: (across, down) => [x[0] + across * (x[1] - x[0]), y[1] - down * (y[1] - y[0])],
});

/**
 * The points of a function over a grid.
 * @param {number[]} grid
 * @param {(x: number, i: number) => number} of
 * @returns {Point[]}
 */
export const curve = (grid, of) => grid.map((x, i) => [x, of(x, i)]);

/**
 * What an SVG path through the points is, in per cent; what is not finite leaves a gap, what is far
 * outside is cut.
 * @param {Point[]} points
 * @param {Scale} scale
 */
export function path_data(points, { across, down }) {
  let command = "M";
  return points
    .map(([u, v]) => {
      if (!Number.isFinite(u) || !Number.isFinite(v)) {
        command = "M";
        return "";
      }
      const [x, y] = [clamp(across(u), [-50, 150]), clamp(down(v), [-100, 200])],
        step = `${command}${x.toFixed(2)} ${y.toFixed(2)}`;
      command = "L";
      return step;
    })
    .join("");
}

/**
 * The path around the area between the points and zero.
 * @param {Point[]} points
 * @param {Scale} scale
 */
export const area_data = (points, scale) =>
  points.length
    ? `${path_data([[points[0][0], 0], ...points, [points[points.length - 1][0], 0]], scale)}Z`
    : "";

/**
 * The nearest place at which a handle can stand.
 * @param {Point} place
 * @param {number} step
 * @param {Record<"x" | "y", Range>} limits
 * @returns {Point}
 */
export function snapped([x, y], step, limits) {
  const to_step = (value) => +(Math.round(value / step) * step).toFixed(6);
  return [clamp(to_step(x), limits.x), clamp(to_step(y), limits.y)];
}

const STEPS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, 10],
  PageDown: [0, -10],
};

/**
 * Where a key moves a handle from `place`; null if it does not. A handle that moves along one axis
 * takes the arrow keys of both.
 * @param {{ key: string, shiftKey?: boolean }} event
 * @param {Point} place
 * @param {{ along: Direction, step: number, limits: Record<"x" | "y", Range> }} options
 * @returns {Point | null}
 */
export function key_move({ key, shiftKey = false }, place, { along, step, limits }) {
  const by = STEPS[key],
    far = step * (shiftKey ? 10 : 1),
    axis = along === "y" ? 1 : 0,
    [low, high] = limits[axis ? "y" : "x"];
  const on_axis = (value) => /** @type {Point} */ (axis ? [place[0], value] : [value, place[1]]);
  if (key === "Home") return on_axis(low);
  if (key === "End") return on_axis(high);
  if (!by) return null;
  if (along === "both") return [place[0] + by[0] * far, place[1] + by[1] * far];
  return on_axis(place[axis] + (by[0] + by[1]) * far);
}
