// The batch of a training step: a row a sequence, a button a token. And the tables of bars beside
// it.

import { bar_item, share_bar } from "aigc/ui/bar_list.js";
import { percent } from "aigc/ui/format.js";

/** A step of pretraining, as procedure's view.py makes it: rows are sequences, columns tokens.
 * @typedef {object} Step
 * @property {string} text
 * @property {string[][]} sequences the tokens' texts
 * @property {[number, number][][]} spans where each token stands in the text
 * @property {number[][]} ids
 * @property {number} vocabulary
 * @property {number} learning_rate
 * @property {number[][][]} lengths of each token's vector, after each layer
 * @property {[string, number][][][]} likeliest the likeliest next tokens, with their probabilities
 * @property {number[][]} target_rank the index of the target among them; -1: it is none of them
 * @property {number[][]} right the target's probability
 * @property {number[][]} losses of each token, in nats
 * @property {number[][]} losses_after the same, after the update
 * @property {[number, number]} loss their means, before and after
 * @property {number} gradient its norm
 * @property {Record<string, number>} norms of the gradient's parts
 * @property {number} clip what the gradient was multiplied with
 */
/** A token of the batch: which sequence, and which of its tokens.
 * @typedef {{row: number, place: number}} Position
 */

/**
 * Return a text with its blanks as marks that can be seen.
 * @param {string} text
 */
export const visible = (text) => text.replaceAll("\n", "↵").replaceAll(" ", "␣");

/**
 * Return the token that stands `by` tokens further in the whole batch, at most its first or last.
 * @param {string[][]} sequences
 * @param {Position} at
 * @param {number} by
 * @returns {Position}
 */
export function neighbour(sequences, at, by) {
  const flat = sequences.flatMap((sequence, row) => sequence.map((_, place) => ({ row, place })));
  const now = flat.findIndex(({ row, place }) => row === at.row && place === at.place);
  return flat[Math.max(0, Math.min(flat.length - 1, now + by))];
}

/**
 * Return what stands before a token in its sequence; "" before the first.
 * @param {Pick<Step, "text" | "spans">} step
 * @param {Position} at
 */
export function context_of({ text, spans }, { row, place }) {
  if (!place) return "";
  const [from, to] = [spans[row][0][0], spans[row][place - 1][1]];
  return [...text].slice(from, to).join(""); // spans count characters, as Python does
}

/**
 * Return the batch.
 * @param {string[][]} sequences
 * @param {Position} chosen
 * @param {object} look
 * @param {string} look.name of the whole
 * @param {(i: number, j: number) => string | number} look.under what stands below each token
 * @param {(i: number, j: number) => number} [look.tint] how deep its colour is, from 0 to 1
 * @param {(at: Position) => void} choose called with the token that is clicked
 */
export function batch_of(sequences, chosen, { name, under, tint = () => 0 }, choose) {
  const { make } = window.aigc;
  const token_of = (text, row, place) => {
    const is_chosen = row === chosen.row && place === chosen.place;
    const attributes = {
      type: "button",
      class: "token",
      "aria-pressed": is_chosen,
      tabindex: is_chosen ? 0 : -1,
      style: `--tint: ${tint(row, place)}`,
      translate: "no",
    };
    const caption = make("small", {}, under(row, place));
    const token = make("button", attributes, make("b", {}, visible(text)), caption);
    token.addEventListener("click", () => choose({ row, place }));
    return token;
  };
  const rows = sequences.map((sequence, row) =>
    make(
      "div",
      { class: "sequence" },
      make("span", { class: "begin" }, "▸"),
      ...sequence.map((text, place) => token_of(text, row, place)),
    ),
  );
  const batch = make("div", { class: "batch", role: "group", "aria-label": name }, ...rows);
  return make("div", { class: "scroll" }, batch);
}

/**
 * Return bars of probabilities; the target's is marked.
 * @param {[text: string, p: number, is_target: boolean][]} rows
 */
export function bars_of(rows) {
  const items = rows.map(([text, p, is_target]) =>
    bar_item(text, share_bar(p), percent(p), is_target),
  );
  return window.aigc.make("ol", { class: "bar-list" }, ...items);
}

/**
 * Return a table of bars, each with its name and its number.
 * @param {[name: string, share: number, text: string][]} rows
 */
export function table_of(rows) {
  const { make } = window.aigc;
  const row = ([name, share, text]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, name),
      make("td", { class: "wide" }, share_bar(share)),
      make("td", { class: "figure" }, text),
    );
  return make("table", {}, make("tbody", {}, ...rows.map(row)));
}
