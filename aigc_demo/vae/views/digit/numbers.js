// The numbers between encoder and decoder: a row each of mu, log sigma^2, epsilon, z and KL, a
// column for each number of z.

import { create_bar_chart } from "aigc/ui/bar_chart.js";
import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { format_number } from "aigc/ui/format.js";

/** @typedef {"mean" | "log_variance" | "epsilon" | "z" | "kl"} Name */
/** @typedef {Record<Name, number[]>} Values each of all numbers of z */

/**
 * @typedef {object} Row
 * @property {Name} name
 * @property {string} symbol
 * @property {string} [power] of the symbol
 * @property {string} colour
 * @property {[number, number]} range of the plot
 */

/** @type {Row[]} */
const ROWS = [
  { name: "mean", symbol: "μ", colour: "latent", range: [-3, 3] },
  { name: "log_variance", symbol: "log σ", power: "²", colour: "latent", range: [-8, 1] },
  { name: "epsilon", symbol: "ε", colour: "noise", range: [-3, 3] },
  { name: "z", symbol: "z", colour: "latent deep", range: [-3, 3] },
  { name: "kl", symbol: "KL", colour: "cost", range: [0, 8] },
];

/**
 * @param {Words} words
 * @param {(index: number) => void} choose is told which number of z is looked at, counted from 0 in
 * the model's own order
 */
export function latent_numbers(words, choose) {
  const { make, say } = window.aigc;
  const band = make("div", { class: "band" }),
    columns = make(
      "div",
      {
        ...{ class: "columns", tabindex: "0", role: "slider" },
        ...{ "aria-label": say(words.numbers), "aria-valuemin": 1 },
      },
      band,
    );
  const rows = ROWS.map(row_of);
  const cells = rows.flatMap(({ head, strip, figure }) => [head, strip, figure]);
  const element = make("div", { class: "numbers" }, ...cells, columns);
  let order = [],
    chosen = 0;
  /** @type {Values} */
  let shown = null;

  /** @param {Values} values */
  function show(values) {
    shown = values;
    for (const row of rows) draw_row(row, order, values[row.name]);
    point(chosen);
  }
  /** @param {number} index */
  function point(index) {
    chosen = index;
    const column = order.indexOf(index),
      value = (name) => format_number(shown[name][index], 2);
    band.style.left = `${(100 * column) / order.length}%`;
    band.style.width = `${100 / order.length}%`;
    for (const row of rows) {
      row.index.textContent = String(index + 1);
      row.figure.textContent = value(row.name);
    }
    const [mean, variance, epsilon, z, kl] = ROWS.map(({ name }) => value(name)),
      text = say(words.number, { index: index + 1, mean, variance, epsilon, z, kl });
    columns.setAttribute("aria-valuenow", String(column + 1));
    columns.setAttribute("aria-valuetext", text);
  }
  pick_column(columns, {
    order: () => (shown ? order : null),
    chosen: () => chosen,
    choose,
  });
  /** @param {number[]} indices the numbers of z from left to right */
  function arrange(indices) {
    order = indices;
    columns.setAttribute("aria-valuemax", String(order.length));
  }
  return { element, show, point, arrange };
}

/** @param {Row} row */
function row_of({ name, symbol, power, colour, range }) {
  const { make } = window.aigc;
  const index = make("sub"),
    raised = power ? [make("sup", {}, power)] : [],
    sign = make("b", { translate: "no" }, symbol, ...raised, index);
  return {
    ...{ name, symbol, range, index },
    strip: make("div", { class: `strip ${colour}` }),
    columns: 0,
    /** @type {ReturnType<typeof create_bar_chart>} */
    chart: null,
    figure: make("output", { class: colour, translate: "no" }),
    head: make("div", { class: `head ${colour}` }, sign),
  };
}

/**
 * The bars of one row, from the line of zero.
 * @param {ReturnType<typeof row_of>} row
 * @param {number[]} order
 * @param {number[]} values
 */
function draw_row(row, order, values) {
  if (row.columns !== order.length) {
    row.columns = order.length;
    row.chart = create_bar_chart({
      y: row.range,
      label: row.symbol,
      columns: order.map(String),
      sets: [{ look: "" }],
      bare: true,
    });
    row.strip.replaceChildren(row.chart.element);
  }
  row.chart.show([order.map((i) => values[i])]);
}

/**
 * Let a column be chosen by pointer and by keys.
 * @param {HTMLElement} columns
 * @param {object} options
 * @param {() => number[] | null} options.order null as long as there is none
 * @param {() => number} options.chosen
 * @param {(index: number) => void} options.choose
 */
function pick_column(columns, { order, chosen, choose }) {
  const within = (column, all) => Math.max(0, Math.min(all.length - 1, column));
  const pick = ({ clientX }) => {
    const all = order();
    if (!all) return false;
    const { left, width } = columns.getBoundingClientRect();
    choose(all[within(Math.floor(((clientX - left) / width) * all.length), all)]);
    return true;
  };
  follow_pointer(columns, { begin: pick, move: pick });
  columns.addEventListener("keydown", (event) => {
    const all = order();
    if (!all) return;
    const at = all.indexOf(chosen()),
      [before, after] = [at - 1, at + 1];
    const to = {
      ...{ ArrowLeft: before, ArrowDown: before, ArrowRight: after, ArrowUp: after },
      ...{ Home: 0, End: all.length - 1 },
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(all[within(to, all)]);
  });
}
