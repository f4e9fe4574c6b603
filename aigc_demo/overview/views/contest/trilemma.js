// Quality, diversity and speed of several generators: an axis each, the better end above, and a
// line a generator. All as measured.

import { axis_scale, duration, spread } from "aigc/overview/views/contest/axis.js";

/** @import { AxisOptions } from "aigc/overview/views/contest/axis.js" */
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
  const places = spread(
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
  const element = make("div", { class: "trilemma" }),
    plot = make("div", { class: "plot" });
  /** @type {Mark[][]} */
  let columns = [];
  const spread_all = () => {
    for (const marks of columns) spread_marks(marks, plot.clientHeight);
  };
  window.aigc.resized(plot, spread_all);

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
   * The marks of an axis, and what is drawn there.
   * @param {Axis} axis
   * @param {number} column
   * @param {Comparison} comparison
   */
  function draw_axis({ name: axis, of, written, scale }, column, { entries, real }) {
    const known = Object.keys(entries).filter((name) => (of(entries[name]) ?? null) !== null),
      values = known.map((name) => of(entries[name])),
      reference = axis === "quality" && real ? [real] : [];
    const place = axis_scale([...values, ...reference], scale),
      left = `left: ${across(column)}%`;
    const marks = known.map((name, i) => ({
      name,
      y: place(values[i]),
      element: mark(name, column, written(values[i])),
    }));
    const at = (y) => ({ style: `${left}; top: ${y}%` });
    const drawn = [
      make("i", { class: "axis", style: left }),
      ...reference.map((value) =>
        make(
          "span",
          { class: "real data", ...at(place(value)) },
          `${say(words.real)} ${one_digit(value)}`,
        ),
      ),
      ...marks.map(({ name, y }) => make("i", { class: `dot ${colours[name]} ${name}`, ...at(y) })),
      ...marks.map((each) => each.element),
    ];
    return { marks, drawn };
  }
  /** The line of a generator through its marks. */
  function line(name) {
    const points = columns.flatMap((marks, column) =>
      marks.filter((each) => each.name === name).map(({ y }) => `${across(column)},${y}`),
    );
    return make("polyline", { class: `${colours[name]} ${name}`, points: points.join(" ") });
  }
  /** @param {Comparison} value */
  function show(value) {
    const axes = AXES.map((axis, column) => draw_axis(axis, column, value));
    columns = axes.map(({ marks }) => marks);
    const box = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
      lines = make("svg", box, ...Object.keys(value.entries).map(line));
    element.replaceChildren(make("div", { class: "axes" }, ...headings(words, value.real)), plot);
    plot.replaceChildren(lines, ...axes.flatMap(({ drawn }) => drawn));
    spread_all();
  }
  return { element, show };
}
