// All shipped checkpoints, each with its figures. A name leads to its family's tab, where the page
// has it.

import { link_to } from "aigc/overview/views/_shared/links.js";

/** @typedef {Both & { as_measured?: string }} Measured a text; `as_measured`: in English alone */

/**
 * @typedef {object} Checkpoint
 * @property {string} name
 * @property {string} tab its family's
 * @property {{ figure: Measured, value: number, unit: Measured | null }[]} figures
 * @property {number} weights how many it has
 * @property {number} bytes of its file
 * @property {number | null} minutes of training
 */

/** What Python computed: see view.py's `shipped`. @typedef {{ rows: Checkpoint[] }} Shipped */

const HEAD = [
  ["checkpoint"],
  ["measured"],
  ["weights_all", "million"],
  ["size", "megabytes"],
  ["trained", "minutes"],
];

/** @param {Measured | null} text */
function measured(text) {
  const { make, say } = window.aigc;
  return text?.as_measured
    ? make("span", { lang: "en", translate: "no" }, text.as_measured)
    : make("span", {}, say(text));
}

/** @param {Checkpoint["figures"][number]} figure */
function figure_item({ figure, value, unit }) {
  const { make } = window.aigc;
  const number = value.toLocaleString("en", { maximumFractionDigits: 4 });
  return make("li", {}, measured(figure), " ", make("b", {}, number), " ", measured(unit));
}

/**
 * @param {Words} words
 * @param {Checkpoint} checkpoint
 */
function checkpoint_row(words, { name, tab, figures, weights, bytes, minutes }) {
  const { make, say, number } = window.aigc;
  const cell = (value, digits, title, unit) =>
    make(
      "td",
      {},
      make("small", {}, say(words[title])),
      value ? number(value, digits) : "–",
      make("small", {}, say(words[unit])),
    );
  const link = link_to(make("div", { class: "name", translate: "no" }, name), tab);
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, link),
    make("td", { class: "told" }, make("ul", {}, ...figures.map(figure_item))),
    cell(weights / 1e6, 2, "weights_all", "million"),
    cell(bytes / 1e6, 1, "size", "megabytes"),
    cell(minutes, 0, "trained", "minutes"),
  );
}

/** @param {Words} words */
function head_row(words) {
  const { make, say } = window.aigc;
  const cells = HEAD.map(([title, unit]) =>
    make(
      "th",
      { scope: "col" },
      say(words[title]),
      ...(unit ? [make("small", {}, say(words[unit]))] : []),
    ),
  );
  return make("tr", {}, ...cells);
}

/** @param {Given<Shipped>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing shipped";
  const waiting = make("p", { class: "waking" }, say(words.waking)),
    list = make("div", { class: "scroll" });
  root.append(waiting, list);
  function draw() {
    if (!props.value?.rows) return;
    waiting.hidden = true;
    const rows = props.value.rows.map((each) => checkpoint_row(words, each));
    list.replaceChildren(
      make("table", {}, make("thead", {}, head_row(words)), make("tbody", {}, ...rows)),
    );
  }
  watch("value", draw);
  draw();
}
