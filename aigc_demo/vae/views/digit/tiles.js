// Two rows of pictures under the pipeline: what mu and each draw of z become, each a button; and
// what becomes of z while one of its numbers is turned.

import { format_number } from "aigc/ui/format.js";
import { draw_tile, tile_canvas } from "aigc/ui/sprite.js";
import { POSITIONS, position_in_row, REACH } from "aigc/vae/views/digit/latent.js";

const SHOWN = 7; // pictures in each row

/**
 * @param {Words} words
 * @param {(draw: number) => void} pick a draw, counted from 0, which is mu itself
 * @param {() => void} resample
 */
export function draw_tiles(words, pick, resample) {
  const { make, say } = window.aigc;
  const tiles = Array.from({ length: SHOWN }, (_, i) => {
    const canvas = tile_canvas(""),
      caption = make("span", { translate: "no" }),
      button = make("button", { type: "button", class: "draw" }, canvas, caption);
    button.addEventListener("click", () => pick(i));
    return { canvas, caption, button };
  });
  const again = make("button", { type: "button", class: "resample" }, say(words.resample));
  again.addEventListener("click", resample);
  const row = make("div", { class: "tiles" }, ...tiles.map(({ button }) => button)),
    element = make("section", {}, make("h3", {}, say(words.draws), again), row);
  /**
   * @param {HTMLImageElement} sheet
   * @param {number} first seed
   */
  function show(sheet, first) {
    tiles.forEach(({ canvas, caption, button }, i) => {
      const seed = first + i - 1;
      draw_tile(canvas, sheet, i);
      caption.textContent = i ? String(seed) : "ε = 0";
      button.setAttribute("aria-label", i ? say(words.seed_draw, { seed }) : say(words.mean_draw));
    });
  }
  /** @param {number | null} draw the one that is seen large, if one is */
  function mark(draw) {
    tiles.forEach(({ button }, i) => {
      button.setAttribute("aria-pressed", String(i === draw));
    });
  }
  return { element, show, mark };
}

/**
 * @param {Words} words
 * @param {(value: number) => void} turn follows the slider
 */
export function traversal_tiles(words, turn) {
  const { make, say } = window.aigc;
  const middle = (SHOWN - 1) / 2,
    canvases = Array.from({ length: SHOWN }, (_, i) => tile_canvas(String(i - middle)));
  const slider = make("input", {
    ...{ type: "range", min: -REACH, max: REACH, step: (2 * REACH) / (POSITIONS - 1) },
    "aria-label": say(words.turn),
  });
  slider.addEventListener("input", () => turn(+slider.value));
  const title = make("span"),
    output = make("output", { translate: "no" });
  const element = make(
    "section",
    {},
    make("h3", {}, title, output),
    make("div", { class: "tiles turns", "aria-hidden": "true" }, ...canvases),
    slider,
  );
  /** @param {HTMLImageElement} sheet of all positions */
  function show(sheet) {
    canvases.forEach((canvas, i) => {
      draw_tile(canvas, sheet, position_in_row(i, SHOWN));
    });
  }
  /**
   * @param {number} index of the number of z that can be turned
   * @param {number} value
   */
  function point(index, value) {
    const name = make("em", { translate: "no" }, "z", make("sub", {}, index + 1));
    slider.value = String(value);
    title.replaceChildren(say(words.turn), " ", name);
    output.textContent = format_number(value, 2);
  }
  return { element, show, point };
}
