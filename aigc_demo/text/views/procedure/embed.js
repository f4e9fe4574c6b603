// 1. The rows around the chosen character: id, vector, angles.

import { scroll, table } from "aigc/text/views/procedure/elements.js";
import { window_start } from "aigc/text/views/procedure/value.js";
import { formula } from "aigc/ui/stepper.js";

const ROWS = 5; // characters whose vectors are seen at once
const FORMULA = [
  "|latent:x_{t}| = E[ |data:id_{t}| ]",
  "q_{t}, k_{t} ↦ R(θ) q_{t}, R(θ) k_{t}",
  "θ_{j} = t · 10000^{−2j/D}",
].join("     ");

/**
 * @param {Words} words
 * @param {import("aigc/text/views/procedure/value.js").Step} step
 * @param {number} t the character that was chosen
 * @param {(t: number) => void} choose
 * @returns {import("aigc/text/views/procedure/value.js").Stage}
 */
export function embed(words, step, t, choose) {
  const { say, number, visible } = window.aigc;
  const { vectors, ids, frequencies, text } = step;
  const begin = window_start(t, ROWS, vectors.length);
  const most = Math.max(...vectors.flat().map(Math.abs));
  const pairs = [0, 1, 2, 3].map((k) => Math.round((k * (frequencies.length - 1)) / 3));
  const rows = vectors.slice(begin, begin + ROWS).map((vector, index) => {
    const at = begin + index;
    const dials = pairs.map((pair) => dial(at * frequencies[pair]));
    const row = line(at, at === t, visible(text[at]), ids[at], strip(vector, most), dials);
    row.addEventListener("click", () => choose(at));
    return row;
  });
  const said = say(words.embed_said, {
    character: visible(text[t]),
    id: ids[t],
    width: step.width,
    shown: vectors[t].length,
    t,
    slowest: number(t * frequencies.at(-1), 3),
  });
  const head = ["character", "token", "vector", "angle"].map((word) => say(words[word]));
  return { said, body: [formula(FORMULA), scroll(table(head, rows))] };
}

function line(at, chosen, character, id, vector, dials) {
  const { make } = window.aigc;
  return make(
    "tr",
    chosen ? { class: "chosen" } : {},
    make("th", { scope: "row" }, make("sub", {}, `${at + 1}`), character),
    make("td", { class: "id" }, `${id}`),
    make("td", {}, vector),
    make("td", { class: "dials" }, ...dials),
  );
}

function strip(vector, most) {
  const { make } = window.aigc;
  const cells = vector.map((x) =>
    make("i", { class: x < 0 ? "down" : "up", style: `--x: ${Math.abs(x) / most}` }),
  );
  return make("div", { class: "vector", "aria-hidden": "true" }, ...cells);
}

function dial(angle) {
  const { make, number } = window.aigc;
  return make(
    "span",
    { class: "dial", title: `${number(angle, 3)} rad` },
    make("i", { style: `transform: rotate(${angle}rad)` }),
  );
}
