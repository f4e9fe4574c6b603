// A plot: ticks, lines, areas, dots and handles. A place on it is given in its own units.

import { format_number } from "aigc/ui/format.js";
import { handles_on, place_under, put } from "aigc/ui/handles.js";
import { area_data, path_data, plot_scale } from "aigc/ui/scale.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Handle, HandleOptions } from "aigc/ui/handles.js" */
/** @import { Point, Scale } from "aigc/ui/scale.js" */

/** @typedef {number | [value: number, text: string]} Tick by itself it is written as a number */

/**
 * @typedef {object} PlotOptions
 * @property {Range} x
 * @property {Range} y
 * @property {{ x?: boolean, y?: boolean }} [logarithmic] which axes are
 * @property {string} label its name for who hears the page
 * @property {"group" | "img"} [role] a picture, where nothing in it can be moved or pressed
 * @property {{ x?: string, y?: string }} [names] of the axes: symbols, within the plot
 * @property {{ x?: string, y?: string }} [titles] of the axes: words, below it and above it
 * @property {{ x?: Tick[], y?: Tick[] }} [ticks]
 * @property {{ x?: number, y?: number }} [digits] of the ticks, behind the point
 * @property {string[]} [below] what is written along the x axis from one end to the other
 * @property {boolean} [grid] whether lines run across from the ticks of y
 * @property {string} [look] its classes
 */

/** @typedef {{ element: HTMLElement, show: (place: Point) => void }} Dot */

/**
 * @typedef {object} Plot
 * @property {HTMLElement} element
 * @property {HTMLElement} plot_area what it is drawn in
 * @property {Scale} scale
 * @property {(look: string) => (points: Point[]) => void} line adds one; what it returns draws it
 * @property {(look: string) => (points: Point[]) => void} area the same of the area down to zero
 * @property {(look: string, ...children: (string | Node)[]) => Dot} dot
 * @property {(options: HandleOptions) => Handle} handle
 * @property {(event: MouseEvent) => Point} place_of which place is under a pointer
 */

const STILL = { "aria-hidden": "true", translate: "no" };

/**
 * @param {"below" | "beside"} side
 * @param {(value: number) => string} style
 * @param {Tick[]} ticks
 * @param {number} digits
 */
const tick_labels = (side, style, ticks, digits) =>
  ticks.map((tick) => {
    const [value, text] = Array.isArray(tick) ? tick : [tick, format_number(tick, digits)];
    return window.aigc.make("span", { class: `tick ${side}`, style: style(value), ...STILL }, text);
  });

/**
 * @param {PlotOptions} options
 * @param {Scale} scale
 */
function axes({ y, names = {}, ticks = {}, digits = {}, below, grid }, { across, down }) {
  const { make } = window.aigc,
    top = (value) => `top: ${down(value)}%`,
    rule = (look, value) => make("i", { class: look, style: top(value) }),
    levels = (ticks.y ?? []).map((tick) => (Array.isArray(tick) ? tick[0] : tick));
  return [
    ...(grid ? levels.map((level) => rule("grid-line", level)) : []),
    ...tick_labels("below", (value) => `left: ${across(value)}%`, ticks.x ?? [], digits.x ?? 0),
    ...tick_labels("beside", top, ticks.y ?? [], digits.y ?? 0),
    ...(y[0] < 0 && y[1] > 0 ? [rule("zero", 0)] : []),
    ...["x", "y"]
      .filter((axis) => names[axis])
      .map((axis) => make("em", { class: `axis-${axis}`, ...STILL }, names[axis])),
    ...(below
      ? [make("div", { class: "below-axis" }, ...below.map((text) => make("span", {}, text)))]
      : []),
  ];
}

/**
 * The plot under the title of its y axis and above that of its x axis.
 * @param {{ x?: string, y?: string }} titles
 * @param {HTMLElement} plot
 */
function titled({ x, y }, plot) {
  const title = (text) => (text ? [window.aigc.make("p", { class: "axis-title" }, text)] : []);
  return window.aigc.make("div", { class: "titled" }, ...title(y), plot, ...title(x));
}

/**
 * @param {PlotOptions} options
 * @returns {Plot}
 */
export function create_plot(options) {
  const { make } = window.aigc;
  const { x, y, logarithmic, label, role = "group", titles, look = "" } = options;
  const scale = plot_scale(x, y, logarithmic);
  const svg = make("svg", {
    viewBox: "0 0 100 100",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const plot_area = make("div", { class: "plot-area" }, svg, ...axes(options, scale)),
    plot = make("div", { class: `plot ${look}`, role, "aria-label": label }, plot_area);
  const path = (look, data) => {
    const drawn = make("path", { class: look });
    svg.append(drawn);
    return (points) => drawn.setAttribute("d", data(points, scale));
  };
  function dot(look, ...children) {
    const element = make("span", { class: `spot ${look}`, ...STILL }, ...children);
    plot_area.append(element);
    return { element, show: (place) => put(element, place, scale) };
  }
  return {
    element: titles ? titled(titles, plot) : plot,
    plot_area,
    scale,
    line: (look) => path(`curve ${look}`, path_data),
    area: (look) => path(`area ${look}`, area_data),
    dot,
    handle: handles_on(plot_area, { x, y }, scale),
    place_of: (event) => place_under(event, plot_area, scale),
  };
}
