// From words to picture, each part of latent diffusion with what it holds in this run; and the
// training emoji that come nearest.

import { origin } from "aigc/diffusion/views/emoji/origin.js";
import { pipeline, SIDE } from "aigc/diffusion/views/emoji/pipeline.js";
import { draw_tile, sprite, tile_canvas } from "aigc/ui/sprite.js";

/**
 * A run's pictures, their latents and their nearest neighbours: see view.py's _story.
 * @typedef {object} Result
 * @property {string} sheet the pictures in one row, a data URI
 * @property {string} noise the maps of the first noise, four a picture
 * @property {string} latents the maps of the finished latents, four a picture
 * @property {import("aigc/diffusion/views/emoji/origin.js").Word[]} words of the prompt
 * @property {string[]} unwanted words of the negative prompt
 * @property {string[]} together training emoji that all words name
 * @property {string[][]} nearest for each picture the training emoji nearest to it
 * @property {number} steps
 * @property {number} seed of the first picture
 */

/** @type {("sheet" | "noise" | "latents")[]} */
const SHEETS = ["sheet", "noise", "latents"];

/** @param {Given<Result>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing emoji-story";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const parts = pipeline(words);
  const results = make("div", {
    class: "results",
    role: "group",
    "aria-label": say(words.results),
  });
  const nearest = make("p", { class: "nearest", translate: "no" }),
    verdict = make("p", { class: "origin" });
  const memory = make(
    "div",
    { class: "memory" },
    make("h3", {}, say(words.nearest)),
    nearest,
    make("h3", {}, say(words.memory)),
    verdict,
  );
  const body = make("div", { class: "body" }, parts.element, results, memory);
  body.hidden = true;
  root.append(waking, body);
  /** @type {Result} */
  let value = null;
  /** @type {import("aigc/diffusion/views/emoji/pipeline.js").Sheets} */
  let sheets = null;

  /** @param {number} i */
  function choose(i) {
    [...results.children].forEach((button, j) => {
      button.classList.toggle("chosen", i === j);
    });
    parts.show_picture(sheets, i);
    nearest.textContent = value.nearest[i].join(" ");
  }
  function result_button(near, i) {
    const canvas = tile_canvas("", SIDE),
      label = say(words.one, { seed: value.seed + i, nearest: near[0] });
    draw_tile(canvas, sheets.sheet, i);
    const button = make("button", { type: "button", "aria-label": label, title: label }, canvas);
    for (const kind of ["click", "focus", "pointerenter"])
      button.addEventListener(kind, () => choose(i));
    return button;
  }
  function show() {
    parts.show_run(value);
    results.hidden = value.nearest.length === 1;
    results.replaceChildren(...value.nearest.map(result_button));
    const { key, emoji } = origin(value.words, value.together);
    verdict.textContent = say(words[key], { emoji: emoji.join(" ") });
    choose(0);
  }
  function open() {
    const given = props.value;
    if (!given?.sheet) return;
    const loaded = /** @type {typeof sheets} */ ({});
    for (const name of SHEETS)
      sprite(given[name], (sheet) => {
        loaded[name] = sheet;
        if (props.value !== given || Object.keys(loaded).length < SHEETS.length) return;
        [value, sheets] = [given, loaded];
        waking.hidden = true;
        body.hidden = false;
        show();
      });
  }
  watch("value", open);
  open();
}
