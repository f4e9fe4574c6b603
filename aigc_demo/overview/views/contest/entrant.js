// A generator's row in the comparison: its pictures, and its figures.

import { duration } from "aigc/overview/views/contest/axis.js";
import { draw_tile, sprite, tile_canvas } from "aigc/ui/sprite.js";

/** @import { Comparison, Entry } from "aigc/overview/views/contest/view.js" */

export const COLOURS = { gan: "generated", vae: "latent", few: "noise", many: "noise" };

/**
 * How it was made.
 * @param {Words} words
 * @param {string} name
 * @param {Entry} entry
 * @param {number} digit
 */
function note(words, name, entry, digit) {
  const { say, number } = window.aigc;
  const { drawn, reads, steps, weights } = entry;
  const how = {
    vae: () => say(words.vae_note, { drawn, digit, kept: reads.length }),
    gan: () => say(words.gan_note),
  }[name];
  const made = how ? how() : say(words.steps_note, { steps });
  return weights ? made + say(words.weights, { weights: number(weights, 0) }) : made;
}

/**
 * The figures of an entry, by the words that name them.
 * @param {Words} words
 * @param {Entry} entry
 */
function figures(words, entry) {
  const { make, say, number } = window.aigc;
  const { milliseconds, right, diversity, fid, nearest, apart } = entry;
  const shown = {
    time: duration(milliseconds),
    right: right === null ? say(words.chosen) : `${Math.round(100 * right)} %`,
    diversity: diversity === null ? "–" : number(diversity, 1),
    fid: fid ? number(fid, 1) : "–",
    ...(nearest ? { apart: number(apart, 1) } : {}),
  };
  return Object.entries(shown).map(([key, text]) =>
    make("div", { class: key }, make("dd", {}, text), make("dt", {}, say(words[key]))),
  );
}

/**
 * The pictures, each over the digit that is read in it and, where it was looked for, beside the
 * nearest training picture.
 * @param {Words} words
 * @param {Entry} entry
 * @param {number} digit
 */
function pictures(words, { sheet, nearest, reads }, digit) {
  const { make, say } = window.aigc;
  const tiles = reads.map((read) => {
    const canvas = tile_canvas(say(words.reads, { digit: read })),
      wrong = read !== digit,
      written = make("span", { "aria-hidden": "true" }, wrong ? `≠ ${read}` : read),
      caption = make("figcaption", {}, written),
      frame = make("span", { class: "frame" }, canvas);
    const figure = make("figure", { class: wrong ? "wrong" : "" }, frame, caption);
    return { figure, caption, canvas };
  });
  if (sheet)
    sprite(sheet, (image) => {
      tiles.forEach(({ canvas }, i) => {
        draw_tile(canvas, image, i);
      });
    });
  if (nearest)
    sprite(nearest, (image) => {
      tiles.forEach(({ caption }, i) => {
        const canvas = tile_canvas(say(words.twin));
        draw_tile(canvas, image, i);
        caption.append(make("span", { class: "twin" }, canvas));
      });
    });
  return tiles.map(({ figure }) => figure);
}

/**
 * The row; until its entry is there, frames that wait.
 * @param {Words} words
 * @param {string} name
 * @param {Entry | undefined} entry
 * @param {Comparison} comparison
 */
export function entrant_row(words, name, entry, { digit, count }) {
  const { make, say } = window.aigc;
  const title = make("h3", {}, say(words[name])),
    waiting = () => Array.from({ length: count }, () => make("span", { class: "frame" }));
  if (entry) title.append(make("span", {}, note(words, name, entry, digit)));
  const shown = entry ? pictures(words, entry, digit) : waiting();
  return make(
    "section",
    { class: `row ${COLOURS[name]}${entry ? "" : " waits"}`, "data-name": name },
    title,
    make("div", { class: "pictures" }, ...shown),
    make("dl", {}, ...(entry ? figures(words, entry) : [])),
  );
}
