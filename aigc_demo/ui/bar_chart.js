// Bars side by side, in groups; those of a set that can be moved have handles.

import { clamp } from "aigc/ui/arithmetic.js";
import { format_number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Scale } from "aigc/ui/scale.js" */

/**
 * @typedef {object} BarSet one bar of each group
 * @property {string | string[]} look its classes, for all groups or for each
 * @property {(i: number) => string} [label] the names of its handles
 * @property {(i: number, value: number) => void} [move] called when a handle is moved
 * @property {number} [step]
 */

/**
 * @typedef {object} BarsOptions
 * @property {Range} y
 * @property {string} label
 * @property {string[]} columns the groups' names
 * @property {BarSet[]} sets
 * @property {{ y?: number[] }} [ticks]
 * @property {string} [look]
 * @property {boolean} [bare] whether the bars stand alone, without figures and names
 * @property {(i: number) => string} [chosen] what it means to choose a group
 * @property {(i: number) => void} [choose] called when a group's name is pressed
 */

const FILLED = 0.74; // of a group's width

/**
 * Where the bars of a group of `sets` stand: the middle of bar k of group i, in groups.
 * @param {number} sets
 */
export function bar_places(sets) {
  const width = FILLED / sets,
    before = (1 - FILLED) / 2;
  return { width, middle: (i, k) => i + before + width * (k + 0.5) };
}

/**
 * Where the bar of a value stands, from zero to it and not beyond the plot, and where it ends, in
 * per cent from the top.
 * @param {number} value
 * @param {Range} y
 * @param {Pick<Scale, "down">} scale
 */
export function bar_extent(value, y, { down }) {
  const end = clamp(value, y),
    top = down(Math.max(end, 0));
  return { top, height: down(Math.min(end, 0)) - top, end: down(end) };
}

/**
 * @param {BarsOptions} options
 * @param {number} i
 * @param {number} left in per cent
 */
function group_name({ columns, chosen, choose }, i, left) {
  const { make } = window.aigc;
  const placed = { class: "foot", style: `left: ${left}%` };
  if (!choose) return make("span", { ...placed, translate: "no" }, columns[i]);
  const button = make("button", { type: "button", ...placed, "aria-label": chosen(i) }, columns[i]);
  button.addEventListener("click", () => choose(i));
  return button;
}

/**
 * show(rows, digits, marked): a row of values for each set; the name of group `marked` is marked.
 * @param {BarsOptions} options
 */
export function create_bar_chart(options) {
  const { make } = window.aigc;
  const { y, label, columns, sets, ticks = {}, look = "", bare = false, choose } = options;
  const count = columns.length,
    { width, middle } = bar_places(sets.length),
    plot = create_plot({
      x: [0, count],
      y,
      label,
      ticks,
      look: `bar-chart ${bare ? "bare" : ""} ${look}`,
    }),
    { across } = plot.scale;

  /** @param {BarSet} set */
  function create_bar({ look: looks, label: name, move, step }, i, k) {
    const look = Array.isArray(looks) ? looks[i] : looks,
      x = middle(i, k);
    const style = `left: ${across(x - width / 2)}%; width: ${(100 * width) / count}%`;
    const bar = make("i", { class: `bar ${look}`, style });
    const placed = { class: `figure ${look}`, style: `left: ${across(x)}%` },
      figure = make("span", { ...placed, translate: "no" });
    plot.plot_area.append(bar, ...(bare ? [] : [figure]));
    const moved = { along: /** @type {const} */ ("y"), step, column: x };
    const handle =
      move && plot.handle({ ...moved, look, label: name(i), move: ([, value]) => move(i, value) });
    return { bar, figure, handle, x };
  }
  const bars = sets.map((set, k) => columns.map((_, i) => create_bar(set, i, k)));
  const names = bare ? [] : columns.map((_, i) => group_name(options, i, across(i + 0.5)));
  plot.plot_area.append(...names);

  function show_bar({ bar, figure, handle, x }, value, digits) {
    const { top, height, end } = bar_extent(value, y, plot.scale);
    bar.style.top = `${top}%`;
    bar.style.height = `${height}%`;
    bar.classList.toggle("beyond", !Number.isFinite(value));
    figure.textContent = format_number(value, digits);
    figure.style.top = `${end}%`;
    figure.classList.toggle("low", value < 0);
    handle?.show([x, value], format_number(value, digits));
  }
  /**
   * @param {number[][]} rows
   * @param {number} [digits]
   * @param {number} [marked]
   */
  function show(rows, digits = 2, marked = -1) {
    rows.forEach((values, k) => {
      values.forEach((value, i) => {
        show_bar(bars[k][i], value, digits);
      });
    });
    names.forEach((name, i) => {
      name.classList.toggle("true", i === marked);
      if (choose) name.setAttribute("aria-pressed", String(i === marked));
    });
  }
  return { element: plot.element, show };
}
