// Handles on a plot, moved by hand or by the arrow keys.

import { clamp } from "aigc/ui/arithmetic.js";
import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { key_move, snapped } from "aigc/ui/scale.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Direction, Point, Scale } from "aigc/ui/scale.js" */

/**
 * @typedef {object} HandleOptions
 * @property {string} label its name for who hears the page
 * @property {(place: Point) => void} move called with where it should be
 * @property {string} [look] its classes
 * @property {Direction} [along] which way it moves
 * @property {{ x?: Range, y?: Range }} [range] how far, where not all over the plot
 * @property {number} [step]
 * @property {number} [column] the x by which a pointer finds it, where not its own
 */

/**
 * @typedef {object} Handle
 * @property {HTMLElement} element
 * @property {(place: Point) => void} to moves it, as near as it may
 * @property {() => number} column
 * @property {(place: Point, text: string) => void} show puts it there; the text says what it means
 */

/**
 * Put an element at a place of the plot; one that is nowhere is hidden, one beyond an edge stands
 * on it.
 * @param {HTMLElement} element
 * @param {Point} place
 * @param {Scale} scale
 */
export function put(element, [u, v], { across, down }) {
  element.hidden = !(Number.isFinite(u) && (Number.isFinite(v) || v === Infinity));
  const top = v === Infinity ? 0 : clamp(down(v), [0, 100]);
  [element.style.left, element.style.top] = [`${across(u)}%`, `${top}%`];
}

/**
 * The place of the plot that is under a pointer.
 * @param {{ clientX: number, clientY: number }} event
 * @param {HTMLElement} plot_area
 * @param {Scale} scale
 */
export function place_under({ clientX, clientY }, plot_area, scale) {
  const { left, top, width, height } = plot_area.getBoundingClientRect();
  return scale.invert((clientX - left) / width, (clientY - top) / height);
}

/**
 * @param {Record<"x" | "y", Range>} plot the plot's ranges
 * @param {Scale} scale
 * @param {HandleOptions} options
 * @returns {Handle}
 */
function create_handle(plot, scale, options) {
  const { look = "", label, along = "x", range = {}, step = 0.01, move, column } = options;
  const element = window.aigc.make("div", {
    class: `knob ${look} along-${along}`,
    role: "slider",
    tabindex: "0",
    "aria-label": label,
    "aria-orientation": along === "y" ? "vertical" : "horizontal",
  });
  const limits = { ...plot, ...range },
    axis = along === "y" ? 1 : 0,
    [low, high] = limits[axis ? "y" : "x"];
  let now = /** @type {Point} */ ([0, 0]);
  const to = (place) => move(snapped(place, step, limits));
  element.addEventListener("keydown", (event) => {
    const place = key_move(event, now, { along, step, limits });
    if (!place) return;
    event.preventDefault();
    event.stopPropagation();
    to(place);
  });
  function show(place, text) {
    now = place;
    put(element, place, scale);
    const value = Number.isFinite(place[axis]) ? +place[axis].toFixed(4) : high;
    const aria = { valuemin: low, valuemax: high, valuenow: value, valuetext: text };
    for (const [name, each] of Object.entries(aria))
      element.setAttribute(`aria-${name}`, String(each));
  }
  return { element, to, column: () => column ?? now[0], show };
}

/**
 * Return what adds a handle to a plot. A pointer on the plot takes its own handle; a mouse beside
 * them takes the nearest.
 * @param {HTMLElement} plot_area what the plot is drawn in
 * @param {Record<"x" | "y", Range>} plot
 * @param {Scale} scale
 */
export function handles_on(plot_area, plot, scale) {
  /** @type {Handle[]} */
  const handles = [];
  /** @type {Handle | null} */
  let moving = null;
  const under = (event) => place_under(event, plot_area, scale);
  function nearest(x) {
    const away = (handle) => Math.abs(handle.column() - x);
    return handles
      .filter(({ element }) => !element.hidden)
      .reduce((best, handle) => (away(handle) < away(best) ? handle : best));
  }
  /** @param {PointerEvent} event */
  function begin(event) {
    const own = handles.find(({ element }) => element === event.target);
    // A finger beside a handle moves the page.
    if (!own && event.pointerType !== "mouse") return false;
    const place = under(event);
    moving = own ?? nearest(place[0]);
    event.preventDefault();
    moving.element.focus({ preventScroll: true });
    moving.to(place);
    return true;
  }
  /** @param {HandleOptions} options */
  return (options) => {
    // a plot without handles takes no pointer
    if (!handles.length)
      follow_pointer(plot_area, { begin, move: (event) => moving.to(under(event)) });
    const handle = create_handle(plot, scale, options);
    plot_area.append(handle.element);
    handles.push(handle);
    return handle;
  };
}
