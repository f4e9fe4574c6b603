// 2. One head: what the chosen character looks back at, the whole map; and how long its vector is
// after each layer.

import { attention_row } from "aigc/text/views/procedure/value.js";
import { share_bar } from "aigc/ui/bar_list.js";
import { percent } from "aigc/ui/format.js";
import { formula } from "aigc/ui/stepper.js";
import { css_colour } from "aigc/ui/theme.js";

/** @typedef {import("aigc/text/views/procedure/value.js").Step} Step */

const FORMULA = [
  "|attention:A| = softmax( Q K^{T} / √D )",
  "|latent:x| ← |latent:x| + |attention:A| V",
  "|latent:x| ← |latent:x| + feed-forward( |latent:x| )",
].join("     ");

/**
 * @param {Words} words
 * @param {Step} step
 * @param {number} t the character that was chosen
 * @param {(t: number) => void} choose
 * @param {{ layer: number, head: number }} shown
 * @param {(word: "layer" | "head", n: number) => void} pick another layer or head
 * @returns {import("aigc/text/views/procedure/value.js").Stage}
 */
export function attend(words, step, t, choose, { layer, head }, pick) {
  const { make, say } = window.aigc;
  const [layers, H, T] = step.maps.shape,
    at = Math.min(t, T - 1),
    row = attention_row(step.maps, layer, head, at);
  const picks = make(
    "div",
    { class: "picks" },
    picker("layer", words, layers, layer, pick),
    picker("head", words, H, head, pick),
  );
  const subscript = make("sub", {}, `${t + 1}`);
  const left = make(
    "div",
    {},
    make("h4", {}, say(words.map)),
    picks,
    map(words, step, layer, head, at, choose),
  );
  const right = make(
    "div",
    {},
    make("h4", {}, say(words.looks)),
    looks(step.text, row),
    make("h4", {}, `${say(words.length)} |x`, subscript, "|"),
    growth(words, step.lengths[t]),
  );
  return {
    said: sentence(words, step, t, row, { layer, head }),
    body: [formula(FORMULA), make("div", { class: "two" }, left, right)],
  };
}

function sentence(words, { text, lengths, maps }, t, row, { layer, head }) {
  const { say, number, visible } = window.aigc;
  const [layers, , T] = maps.shape,
    seen = row.indexOf(Math.max(...row));
  const said = say(words.attend_said, {
    layer: layer + 1,
    head: head + 1,
    character: visible(text[row.length - 1]),
    seen: visible(text[seen]),
    share: percent(row[seen]),
    first: number(lengths[t][0], 1),
    last: number(lengths[t].at(-1), 1),
    layers,
  });
  return T < text.length - 1 ? `${said} ${say(words.cut, { count: T })}` : said;
}

/** The choice of a layer, or of a head. */
function picker(word, words, count, current, pick) {
  const { make, say } = window.aigc;
  const options = Array.from({ length: count }, (_, n) =>
    make(
      "option",
      { value: n, ...(n === current ? { selected: "" } : {}) },
      `${say(words[word])} ${n + 1}`,
    ),
  );
  const select = make("select", { "aria-label": say(words[word]) }, ...options);
  select.addEventListener("change", () => pick(word, +select.value));
  return select;
}

/** The whole map of a head, with the row of the chosen character framed. */
function map(words, { maps }, layer, head, at, choose) {
  const { make, say } = window.aigc;
  const T = maps.shape[2];
  const canvas = make("canvas", {
    width: T,
    height: T,
    class: "picture",
    role: "img",
    "aria-label": say(words.map),
  });
  const context = canvas.getContext("2d");
  context.fillStyle = css_colour("attention");
  for (let r = 0; r < T; r++)
    attention_row(maps, layer, head, r).forEach((weight, c) => {
      context.globalAlpha = weight ** 0.7;
      context.fillRect(c, r, 1, 1);
    });
  canvas.addEventListener("click", (event) =>
    choose(Math.floor((event.offsetY / canvas.clientHeight) * T)),
  );
  return make("div", { class: "map", style: `--row: ${at}; --count: ${T}` }, canvas, make("i"));
}

/** The characters that the chosen one looks back at, each as dark as its weight. */
function looks(text, row) {
  const { make, visible } = window.aigc;
  const spans = row.map((weight, column) => {
    const asks = column === row.length - 1;
    const look = { class: asks ? "asks" : "", style: `--share: ${weight}` };
    return make("span", look, visible(text[column]));
  });
  return make("p", { class: "looks" }, ...spans);
}

/** How long a vector is after each layer. */
function growth(words, lengths) {
  const { make, say, number } = window.aigc;
  const most = Math.max(...lengths);
  const rows = lengths.map((length, n) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, n ? `${say(words.layer)} ${n}` : say(words.embedded)),
      make("td", { class: "wide" }, share_bar(length / most, "bare latent")),
      make("td", { class: "figure" }, number(length, 1)),
    ),
  );
  return make("table", { class: "growth" }, make("tbody", {}, ...rows));
}
