// Latent diffusion part by part, from left to right: words, noise, U-Net, latent, decoder.

import { places_of } from "aigc/diffusion/views/emoji/origin.js";
import { draw_tile, tile_canvas } from "aigc/ui/sprite.js";

export const SIDE = 64; // pixels of an emoji
const LATENT_SIDE = 16,
  CHANNELS = 4; // of the latent

/**
 * The sheets of pictures of a result, once they are loaded.
 * @typedef {Record<"sheet" | "noise" | "latents", HTMLImageElement>} Sheets
 * @typedef {import("aigc/diffusion/views/emoji/origin.js").Word} Word
 */

/**
 * Draw the parts, still empty.
 * @param {Words} words
 */
export function pipeline(words) {
  const { make, say } = window.aigc;
  const maps = (name) =>
    Array.from({ length: CHANNELS }, (_, i) =>
      tile_canvas(`${say(words[name])} ${i + 1}`, LATENT_SIDE),
    );
  const noise = maps("noise"),
    latent = maps("latent"),
    picture = tile_canvas(say(words.picture), SIDE);
  const prompt = make("div", { class: "told", translate: "no" }),
    passes = make("b", { class: "passes" });
  const part = (colour, name, ...inside) =>
    make(
      "figure",
      { class: `part ${colour}` },
      make("div", { class: "inside" }, ...inside),
      make("figcaption", {}, say(words[name])),
    );
  const arrow = () => make("span", { class: "arrow", "aria-hidden": "true" }, "→");
  const element = make(
    "div",
    { class: "way" },
    part("attention", "words", prompt),
    arrow(),
    part("noise", "noise", make("div", { class: "maps" }, ...noise)),
    arrow(),
    part("plain", "unet", passes),
    arrow(),
    part("latent", "latent", make("div", { class: "maps" }, ...latent)),
    arrow(),
    part("generated", "decoder", picture),
  );

  /** @param {Word} word */
  const chip = ({ word, taught }) =>
    make(
      "span",
      { class: "word", title: say(words.taught) },
      make("b", {}, word),
      make("i", {}, taught.join(" ")),
    );

  return {
    element,
    /**
     * Show what all pictures of a result have in common.
     * @param {{ words: Word[], unwanted: string[], steps: number }} result
     */
    show_run(result) {
      const away = `${say(words.away)} ${result.unwanted.join(" ")}`;
      prompt.replaceChildren(
        ...result.words.map(chip),
        ...(result.unwanted.length ? [make("span", { class: "away" }, away)] : []),
      );
      passes.textContent = say(words.passes, { steps: result.steps });
    },
    /**
     * Show one of the pictures, its noise and its latent.
     * @param {Sheets} sheets
     * @param {number} i
     */
    show_picture(sheets, i) {
      places_of(i, CHANNELS).forEach((place, channel) => {
        draw_tile(noise[channel], sheets.noise, place);
        draw_tile(latent[channel], sheets.latents, place);
      });
      draw_tile(picture, sheets.sheet, i);
    },
  };
}
