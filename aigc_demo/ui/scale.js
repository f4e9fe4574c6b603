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

const itself = (/** @type {number} */ value) => value;

/**
 * Where a value stands on an axis, as a share of its length, and which value stands at a share.
 * @param {Range} range
 * @param {boolean} [logarithmic]
 */
function axis_scale([low, high], logarithmic = false) {
  const [to, from] = logarithmic ? [Math.log, Math.exp] : [itself, itself],
    start = to(low),
    length = to(high) - start;
  return {
    share: (/** @type {number} */ value) => (to(value) - start) / length,
    invert: (/** @type {number} */ share) => from(start + share * length),
  };
}

/**
 * The scale of a plot over two ranges.
 * @param {Range} x
 * @param {Range} y
 * @param {{ x?: boolean, y?: boolean }} [logarithmic] which axes are
 * @returns {Scale}
 */
export function plot_scale(x, y, logarithmic = {}) {
  const along = axis_scale(x, logarithmic.x),
    up = axis_scale(y, logarithmic.y);
  return {
    across: (u) => 100 * along.share(u),
    down: (v) => 100 - 100 * up.share(v),
    invert: (across, down) => [along.invert(across), up.invert(1 - down)],
  };
}

const ROUND = [1, 2, 5];

/**
 * The round numbers of a range, for the ticks of a logarithmic axis: 1, 2 and 5 times a power of
 * ten, or the powers alone.
 * @param {Range} range
 * @param {number[]} [digits]
 */
export function log_ticks([low, high], digits = ROUND) {
  const first = Math.floor(Math.log10(low)),
    count = Math.ceil(Math.log10(high)) - first + 1;
  return Array.from({ length: count }, (_, i) => first + i)
    .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
    .filter((tick) => tick >= low && tick <= high);
}

/**
 * Places of labels, from the top, moved apart until they are at least `gap` from each other, as
 * near as may be to where each should stand, the lowest above the lower edge, at 100.
 * @param {number[]} places in rising order
 * @param {number} gap
 */
export function spread_labels(places, gap) {
  const down = places.slice();
  for (let i = 1; i < down.length; i++) down[i] = Math.max(down[i], down[i - 1] + gap);
  for (let i = down.length - 1; i >= 0; i--) {
    const below = i === down.length - 1 ? 100 - gap / 2 : down[i + 1] - gap;
    down[i] = Math.min(down[i], below);
  }
  return down;
}

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
