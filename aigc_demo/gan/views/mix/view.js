// Children of two rows of seeds: parents A down the left, parents B along the top. One of the
// pictures is shown large.

import { enlarged, on_sheet } from "aigc/gan/views/_shared/large.js";
import { choosable } from "aigc/gan/views/_shared/table.js";
import { parents_of } from "aigc/gan/views/mix/parents.js";
import { draw_tile, fit_tile, tile_canvas } from "aigc/ui/sprite.js";

/**
 * What view.py's `mix` returns.
 * @typedef {object} Mixture
 * @property {string} sheet the table's pictures as one, a PNG data URI
 * @property {number} pixels a side of a picture
 * @property {number} parents a side
 * @property {number} first the seed of the first parent A
 * @property {number} second the seed of the first parent B
 * @property {number} share how far from A to B a child lies, from 0 to 1
 * @property {number[]} verdicts D's on each cell's picture, from 0 to 1
 */

/** @param {Given<Mixture>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing mixing";
  /** @type {Mixture} */
  let value = null;
  let sheet = null,
    at = 0;

  const waking = make("p", { class: "waking" }, say(words.waking));
  const table = make("div", { class: "table", role: "group", "aria-label": say(words.table) });
  const { body, large, formula, verdict } = enlarged(words, table);
  root.append(waking, body);

  const columns = () => value.parents + 1;
  const choose = choosable(table, columns, look);
  function look(i) {
    at = i;
    draw_tile(large, sheet, i);
    formula.replaceChildren(make("em", {}, "z"), " = ", ...latent(parents_of(i, value)));
    verdict.textContent = say(words.verdict, { share: number(value.verdicts[i], 2) });
  }
  function latent({ a, b }) {
    const z = (letter, seed) => [make("em", {}, letter), make("sub", {}, seed)];
    if (b === null) return z("a", a);
    if (a === null) return z("b", b);
    return ["slerp(", ...z("a", a), ", ", ...z("b", b), `, ${number(value.share, 2)})`];
  }
  function cell(i) {
    const { a, b } = parents_of(i, value);
    if (a === null && b === null) return make("span");
    const child = a !== null && b !== null,
      label = child
        ? say(words.child, { first: a, second: b })
        : say(words.parent, { seed: a ?? b });
    const canvas = tile_canvas("", value.pixels);
    draw_tile(canvas, sheet, i);
    return make(
      "button",
      { type: "button", class: child ? "child" : "parent", "aria-label": label, title: label },
      canvas,
      ...(child ? [] : [make("b", { translate: "no" }, a ?? b)]),
    );
  }
  on_sheet({ props, watch }, waking, body, (given, picture) => {
    [value, sheet] = [given, picture];
    fit_tile(large, value.pixels);
    table.style.setProperty("--columns", String(columns()));
    table.replaceChildren(...value.verdicts.map((_, i) => cell(i)));
    choose(at || columns() + 1);
  });
}
