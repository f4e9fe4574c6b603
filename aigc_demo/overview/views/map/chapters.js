// What stands under the figure of the map: the mathematics, the history, and what is new.

import { link_to } from "aigc/overview/views/_shared/links.js";
import { formula_parts } from "aigc/overview/views/map/layout.js";

/** @typedef {[year: number, name: string, authors: string, place: string]} Paper */
/** @typedef {Record<string, [formula: string, families: string[]]>} Maths by the view's name */

/** @param {string} formula */
function draw_formula(formula) {
  const { make } = window.aigc;
  const parts = formula_parts(formula).map(({ kind, text }) => {
    if (kind === "sub") return make("sub", {}, text);
    return kind === "barred" ? make("span", { class: "bar" }, text) : text;
  });
  return make("span", { class: "formula", translate: "no" }, ...parts);
}

/**
 * The formulas on which the families rest.
 * @param {Words} words
 * @param {Maths} maths
 */
export function maths_row(words, maths) {
  const { make, say } = window.aigc;
  const formulas = Object.entries(maths).map(([view, [formula, families]]) => {
    const used = families.map((name) => say(words[`name_${name}`])).join(" · "),
      name = make("b", {}, say(words[`maths_${view}`]));
    const law = make("div", { class: "law" }, draw_formula(formula), name, make("small", {}, used));
    return link_to(law, `maths/${view}`);
  });
  const title = link_to(make("div", { class: "under" }, say(words.under)), "maths");
  return make("div", { class: "maths" }, title, ...formulas);
}

/**
 * @param {Words} words
 * @param {Paper} paper
 */
function paper_link(words, [year, name, authors, place]) {
  const { make, say } = window.aigc;
  const [first] = name.toLowerCase().split(" ");
  const paper = make(
    "div",
    { class: "paper" },
    make("b", { translate: "no" }, name),
    make("span", {}, say(words[`in_${year}_${first}`])),
    make("small", { translate: "no" }, authors),
  );
  return link_to(paper, place);
}

/**
 * The papers, year by year.
 * @param {Words} words
 * @param {Paper[]} timeline
 */
export function history_list(words, timeline) {
  const { make } = window.aigc;
  const years = [...new Set(timeline.map(([year]) => year))];
  const items = years.map((year) => {
    const papers = timeline.filter((paper) => paper[0] === year);
    return make(
      "li",
      {},
      make("b", { class: "year", translate: "no" }, year),
      ...papers.map((paper) => paper_link(words, paper)),
    );
  });
  return make("ol", { class: "history" }, ...items);
}

/**
 * What is new about generative models, each with the view that shows it.
 * @param {Words} words
 * @param {Record<string, string>} differences places by their names
 * @param {Record<string, HTMLElement>} shown what shows one on the spot
 */
export function differences_row(words, differences, shown) {
  const { make, say } = window.aigc;
  const sections = Object.entries(differences).map(([name, place]) =>
    make(
      "section",
      {},
      make("h3", {}, say(words[`title_${name}`])),
      make("p", {}, say(words[`said_${name}`])),
      ...(name in shown ? [shown[name]] : []),
      link_to(make("div", { class: "go" }, say(words[`go_${name}`])), place),
    ),
  );
  return make("div", { class: "differences" }, ...sections);
}
