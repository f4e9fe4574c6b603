// Painted emoji in rows; the one that is chosen stands large beside them, with the training emoji
// that are nearest.

import { enlarged, on_sheet } from "aigc/gan/views/_shared/large.js";
import { choosable } from "aigc/gan/views/_shared/table.js";
import { draw_tile, fit_tile, tile_canvas } from "aigc/ui/sprite.js";

/**
 * What view.py's `sample` returns; picture i was made by seed + i.
 * @typedef {object} Emoji
 * @property {string} sheet the pictures as one, a PNG data URI
 * @property {number} columns
 * @property {number} seed
 * @property {number[]} verdicts D's, from 0 to 1
 * @property {string[][]} nearest of each picture, from the nearest on
 */

const SIDE = 64; // pixels of an emoji

/** @param {Given<Emoji>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing emoji-sheet";
  /** @type {Emoji} */
  let value = null;
  let sheet = null,
    at = 0;

  const waking = make("p", { class: "waking" }, say(words.waking));
  const table = make("div", { class: "table", role: "group", "aria-label": say(words.sheet) });
  const { body, large, formula, verdict } = enlarged(words, table);
  const nearest = make("p", { class: "nearest", translate: "no" });
  body.querySelector("figcaption").textContent = "G(z)";
  formula.replaceWith(make("p", { class: "verdict-line" }, say(words.nearest)), nearest);
  fit_tile(large, SIDE);
  root.append(waking, body);

  const choose = choosable(table, () => value.columns, look);
  function look(i) {
    at = i;
    draw_tile(large, sheet, i);
    nearest.textContent = value.nearest[i].join(" ");
    verdict.textContent = say(words.verdict, {
      seed: value.seed + i,
      share: number(value.verdicts[i], 2),
    });
  }
  function cell(i) {
    const canvas = tile_canvas("", SIDE),
      label = say(words.one, { seed: value.seed + i, nearest: value.nearest[i][0] });
    draw_tile(canvas, sheet, i);
    const look = { class: "child", "aria-label": label, title: label };
    return make("button", { type: "button", ...look }, canvas);
  }
  on_sheet({ props, watch }, waking, body, (given, picture) => {
    [value, sheet] = [given, picture];
    table.style.setProperty("--columns", String(value.columns));
    table.replaceChildren(...value.verdicts.map((_, i) => cell(i)));
    choose(at);
  });
}
