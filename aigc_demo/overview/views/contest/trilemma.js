// Quality, diversity and speed of several generators: an axis each, the better end above, and a
// line a generator. All as measured.

import { axis_scale, duration } from "aigc/overview/views/contest/axis.js";
import { create_plot } from "aigc/ui/plot.js";
import { spread_labels } from "aigc/ui/scale.js";

/** @import { AxisOptions } from "aigc/overview/views/contest/axis.js" */
/** @import { Plot } from "aigc/ui/plot.js" */
/** @import { Comparison, Entry } from "aigc/overview/views/contest/view.js" */

/**
 * @typedef {object} Axis
 * @property {string} name
 * @property {string} unit the name of its unit
 * @property {(entry: Entry) => number | null} of
 * @property {(value: number) => string} written
 * @property {AxisOptions} scale
 */

/** @typedef {{ name: string, y: number, element: HTMLElement }} Mark */

const one_digit = (value) => window.aigc.number(value, 1);

/** @type {Axis[]} */
const AXES = [
  {
    name: "speed",
    unit: "per_picture",
    of: ({ milliseconds }) => milliseconds,
    written: duration,
    scale: { falling: true, logarithmic: true },
  },
  {
    name: "quality",
    unit: "distance",
    of: ({ fid }) => fid,
    written: one_digit,
    scale: { falling: true, logarithmic: true },
  },
  {
    name: "variety",
    unit: "features",
    of: ({ diversity }) => diversity,
    written: one_digit,
    scale: { falling: false, logarithmic: false },
  },
];

/**
 * Where an axis stands, in per cent of the width: what is written at the last needs room.
 * @param {number} column
 */
const across = (column) => 2 + 33 * column;

/**
 * The axes' names, and on quality's how good real digits are.
 * @param {Words} words
 * @param {number | null} real
 */
function headings(words, real) {
  const { make, say } = window.aigc;
  return AXES.map(({ name, unit }) =>
    make(
      "p",
      {},
      make("b", {}, say(words[name])),
      make("small", {}, say(words[unit])),
      ...(name === "quality" && real
        ? [make("small", { class: "short data" }, `${say(words.real)} ${one_digit(real)}`)]
        : []),
    ),
  );
}

/**
 * Put the marks of an axis so that they do not cover each other.
 * @param {Mark[]} marks
 * @param {number} height of the plot, in pixels
 */
function spread_marks(marks, height) {
  const sorted = [...marks].sort((a, b) => a.y - b.y),
    gap = (100 * Math.max(...sorted.map(({ element }) => element.offsetHeight))) / (height || 1);
  const places = spread_labels(
    sorted.map(({ y }) => y),
    gap,
  );
  sorted.forEach(({ element }, i) => {
    element.style.top = `${places[i]}%`;
  });
}

/**
 * @param {Words} words
 * @param {Record<string, string>} colours of the generators
 */
export function trilemma(words, colours) {
  const { make, say } = window.aigc;
  const element = make("div", { class: "trilemma" });
  /** @type {Mark[][]} */
  let columns = [];
  const spread_all = () => {
    const height = element.querySelector(".plot-area")?.clientHeight;
    for (const marks of columns) spread_marks(marks, height);
  };
  window.aigc.resized(element, spread_all);

  function mark(name, column, value) {
    const short = words[`${name}_short`] ?? words[name];
    return make(
      "span",
      { class: `mark ${colours[name]}`, style: `left: ${across(column)}%` },
      make("b", {}, value),
      " ",
      make("span", { class: "long" }, say(words[name])),
      make("span", { class: "short" }, say(short)),
    );
  }
  /**
   * Draw an axis, and return its marks.
   * @param {Plot} plot
   * @param {number} column
   * @param {Comparison} comparison
   */
  function draw_axis(plot, column, { entries, real }) {
    const { name: axis, of, written, scale } = AXES[column],
      known = Object.keys(entries).filter((name) => (of(entries[name]) ?? null) !== null),
      values = known.map((name) => of(entries[name])),
      reference = axis === "quality" && real ? [real] : [];
    const place = axis_scale([...values, ...reference], scale),
      left = `left: ${across(column)}%`,
      dot = (look, y, ...text) => plot.dot(look, ...text).show([across(column), y]);
    plot.plot_area.append(make("i", { class: "axis", style: left }));
    for (const value of reference)
      dot("real data", place(value), `${say(words.real)} ${one_digit(value)}`);
    const marks = known.map((name, i) => ({
      name,
      y: place(values[i]),
      element: mark(name, column, written(values[i])),
    }));
    for (const { name, y } of marks) dot(`round large ${colours[name]} ${name}`, y);
    plot.plot_area.append(...marks.map((each) => each.element));
    return marks;
  }
  /** @param {Comparison} value */
  function show(value) {
    // Both axes in per cent of the plot, y from the top: each column has a scale of its own.
    const plot = create_plot({
      x: [0, 100],
      y: [100, 0],
      label: AXES.map(({ name }) => say(words[name])).join(", "),
      look: "parallel",
    });
    columns = AXES.map((_, column) => draw_axis(plot, column, value));
    for (const name of Object.keys(value.entries)) {
      const points = columns.flatMap((marks, column) =>
        marks
          .filter((each) => each.name === name)
          .map(({ y }) => /** @type {Point} */ ([across(column), y])),
      );
      plot.line(`${colours[name]} ${name}`)(points);
    }
    element.replaceChildren(
      make("div", { class: "axes" }, ...headings(words, value.real)),
      plot.element,
    );
    spread_all();
  }
  return { element, show };
}
