// The sixth step: the gradient part by part, and the loss of the same batch before and after.

import { share_bar } from "aigc/ui/bar_list.js";

/** @typedef {import("aigc/diffusion/views/procedure/batch.js").Step} Step */

// As a picture passes them.
const PARTS = [
  "time",
  "label",
  "enter",
  "down_block",
  "down",
  "middle_before",
  "attention",
  "middle_after",
  "up",
  "up_block",
  "last_block",
  "leave",
];

/**
 * Return how much a loss has changed, in percent of what it was.
 * @param {number} before
 * @param {number} after
 */
export const change = (before, after) => 100 * (after / before - 1);

/**
 * Draw the norm of each part's gradient.
 * @param {Words} words
 * @param {Step} step
 */
function gradients(words, { gradients: norms }) {
  const { make, say, number } = window.aigc;
  const most = Math.max(...Object.values(norms));
  const rows = PARTS.map((part) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, say(words[part])),
      make("td", { class: "wide" }, share_bar(norms[part] / most, "bare loss")),
      make("td", { class: "figure" }, number(norms[part], 3)),
    ),
  );
  return make(
    "div",
    {},
    make("h4", {}, say(words.gradient)),
    make("table", {}, make("tbody", {}, ...rows)),
  );
}

/**
 * Draw the loss before and after, of all pictures and of each.
 * @param {Words} words
 * @param {Step} step
 */
function losses(words, { loss, losses: [before, after] }) {
  const { make, say, number } = window.aigc;
  const largest = Math.max(...before, ...after);
  const pairs = before.map((one, i) =>
    make(
      "span",
      { class: "pair", title: `${i + 1}: ${number(one, 3)} → ${number(after[i], 3)}` },
      make("i", { style: `--share: ${one / largest}` }),
      make("i", { class: "hollow", style: `--share: ${after[i] / largest}` }),
      make("b", {}, `${i + 1}`),
    ),
  );
  return make(
    "div",
    {},
    make("h4", {}, say(words.lossnow)),
    make(
      "p",
      { class: "big" },
      make("span", {}, number(loss[0], 4)),
      make("b", {}, loss[1] < loss[0] ? "↘" : "↗"),
      make("span", {}, number(loss[1], 4)),
    ),
    make("h4", {}, say(words.pairs)),
    make("div", { class: "pairs", role: "img", "aria-label": say(words.pairs) }, ...pairs),
  );
}

/**
 * Draw both.
 * @param {Words} words
 * @param {Step} step
 */
export const update = (words, step) =>
  window.aigc.make("div", { class: "two" }, gradients(words, step), losses(words, step));
