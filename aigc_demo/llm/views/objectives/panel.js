// One model's panel: the sentence as it sees it, its mask with the row of the guess, and its guess
// as bars.

import { bars_of, guess_at, made_by } from "aigc/llm/views/objectives/guesses.js";
import { bar_item, share_bar } from "aigc/ui/bar_list.js";
import { percent } from "aigc/ui/format.js";

/** @import { Model, Value } from "aigc/llm/views/objectives/guesses.js" */

const PALE = 0.45; // of the rows that are not the guess's own
const WIDTH = 320; // pixels of a mask, about
const LEAST = 6; // pixels of a cell

/**
 * Return a token's text; a blank alone as a mark that can be seen.
 * @param {string} text
 */
export const shown = (text) => text.trim() || "␣";

/** Draw a mask: in a token's row, the tokens to which its guess attends are bright; the row of this
 * guess is framed. */
function draw_mask(mask, model, guess, tone) {
  const count = model.sees.length,
    cell = Math.max(LEAST, Math.floor(WIDTH / count));
  mask.width = mask.height = count * cell;
  const context = mask.getContext("2d");
  context.fillStyle = tone("--line");
  context.fillRect(0, 0, mask.width, mask.height);
  for (const [place, sees] of model.sees.entries())
    for (let other = 0; other < count; other++) {
      const predicted = guess?.place === place,
        seen = sees.includes(other);
      context.fillStyle = tone(seen ? (predicted ? "--generated" : "--attention") : "--sheet");
      context.globalAlpha = guess && !predicted && seen ? PALE : 1;
      context.fillRect(other * cell + 1, place * cell + 1, cell - 1, cell - 1);
    }
  context.globalAlpha = 1;
}

/**
 * Return a model's panel, and what draws a frame in it.
 * @param {Model} model
 * @param {Value} value
 * @param {Words} words
 * @param {(name: string) => string} tone a colour of the page
 */
export function panel_of(model, value, words, tone) {
  const { make, say } = window.aigc;
  const { pieces, hidden } = value;
  const tiles = pieces.map(([text]) =>
    make("span", { class: /^\s/.test(text) ? "tile" : "tile tied", translate: "no" }, shown(text)),
  );
  const bars = make("ol", { class: "bar-list" }),
    mask = make("canvas", { role: "img", "aria-label": say(words.mask, { name: model.name }) });
  const element = make(
    "section",
    {},
    make("h3", {}, model.name),
    make("p", { class: "hint" }, say(words[`${model.name.toLowerCase()}_about`])),
    make("div", { class: "tiles" }, ...tiles),
    make("figure", {}, mask, make("figcaption", {}, say(words.mask_about))),
    bars,
  );

  function draw_tiles(frame) {
    const guess = guess_at(model, frame),
      known = new Map(made_by(model, frame).map((each) => [each.place, each]));
    for (const [place, tile] of tiles.entries()) {
      const is_hidden = hidden.includes(place),
        found = known.get(place);
      const guessed = found ? shown(found.likeliest[0][0]) : "?";
      const sees = !guess || guess.place === place || model.sees[guess.place].includes(place);
      tile.textContent = is_hidden ? guessed : shown(pieces[place][0]);
      tile.classList.toggle("hidden", is_hidden);
      tile.classList.toggle("right", found?.target_rank === 0);
      tile.classList.toggle("predicted", guess?.place === place);
      tile.classList.toggle("unseen", !sees);
      const rank = 1 + model.guesses.findIndex((each) => each.place === place);
      tile.dataset.rank = is_hidden && model.name === "XLNet" ? String(rank) : "";
    }
  }
  function draw_bars(frame) {
    const guess = guess_at(model, frame);
    if (!guess) {
      const why = say(hidden.length ? words.not_yet : words.nothing);
      return bars.replaceChildren(make("li", { class: "hint" }, why));
    }
    const bar = ([text, p, right]) => bar_item(shown(text), share_bar(p), percent(p), right);
    bars.replaceChildren(...bars_of(guess, pieces[guess.place][0]).map(bar));
  }
  function draw(/** @type {number} */ frame) {
    draw_tiles(frame);
    draw_bars(frame);
    draw_mask(mask, model, guess_at(model, frame), tone);
  }
  return { element, draw };
}
