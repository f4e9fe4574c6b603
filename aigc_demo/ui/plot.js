// A plot: ticks, lines, areas, dots and handles. A place on it is given in its own units.

import { format_number } from "aigc/ui/format.js";
import { handles_on, put } from "aigc/ui/handles.js";
import { area_data, linear_scale, path_data } from "aigc/ui/scale.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Handle, HandleOptions } from "aigc/ui/handles.js" */
/** @import { Point, Scale } from "aigc/ui/scale.js" */

/**
 * @typedef {object} PlotOptions
 * @property {Range} x
 * @property {Range} y
 * @property {string} label its name for who hears the page
 * @property {{ x?: string, y?: string }} [names] of the axes
 * @property {{ x?: number[], y?: number[] }} [ticks]
 * @property {{ x?: number, y?: number }} [digits] of the ticks, behind the point
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
 */

/**
 * @param {PlotOptions} options
 * @param {Scale} scale
 */
function axes({ y, names = {}, ticks = {}, digits = {} }, { across, down }) {
  const { make } = window.aigc;
  const still = { "aria-hidden": "true", translate: "no" };
  return [
    ...(ticks.x ?? []).map((u) =>
      make(
        "span",
        { class: "tick below", style: `left: ${across(u)}%`, ...still },
        format_number(u, digits.x ?? 0),
      ),
    ),
    ...(ticks.y ?? []).map((v) =>
      make(
        "span",
        { class: "tick beside", style: `top: ${down(v)}%`, ...still },
        format_number(v, digits.y ?? 0),
      ),
    ),
    ...(y[0] < 0 && y[1] > 0 ? [make("i", { class: "zero", style: `top: ${down(0)}%` })] : []),
    ...["x", "y"]
      .filter((axis) => names[axis])
      .map((axis) => make("em", { class: `axis-${axis}`, ...still }, names[axis])),
  ];
}

/**
 * @param {PlotOptions} options
 * @returns {Plot}
 */
export function create_plot(options) {
  const { make } = window.aigc;
  const { x, y, label, look = "" } = options;
  const scale = linear_scale(x, y);
  const svg = make("svg", {
    viewBox: "0 0 100 100",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const plot_area = make("div", { class: "plot-area" }, svg, ...axes(options, scale)),
    element = make("div", { class: `plot ${look}`, role: "group", "aria-label": label }, plot_area);
  const path = (look, data) => {
    const drawn = make("path", { class: look });
    svg.append(drawn);
    return (points) => drawn.setAttribute("d", data(points, scale));
  };
  function dot(look, ...children) {
    const still = { "aria-hidden": "true", translate: "no" },
      element = make("span", { class: `spot ${look}`, ...still }, ...children);
    plot_area.append(element);
    return { element, show: (place) => put(element, place, scale) };
  }
  return {
    element,
    plot_area,
    scale,
    line: (look) => path(`curve ${look}`, path_data),
    area: (look) => path(`area ${look}`, area_data),
    dot,
    handle: handles_on(plot_area, { x, y }, scale),
  };
}
