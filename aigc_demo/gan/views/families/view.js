// Two families side by side on the same data: their digits, and what is measured of both.

import { figure_rows } from "aigc/gan/views/families/figures.js";
import { draw_tile, sprite, tile_canvas } from "aigc/ui/sprite.js";

/**
 * The digits of one family, and what is measured of them; null where it cannot be.
 * @typedef {object} Family
 * @property {string} sheet the digits as one picture, a PNG data URI
 * @property {string | null} nearest the training digits that are nearest to them, likewise
 * @property {number} count how many digits
 * @property {number} drawn how many latents were drawn for them
 * @property {number[]} reads what the classifier reads
 * @property {number} milliseconds a digit
 * @property {number | null} right share of the digits that are read as what was asked for
 * @property {number} certainty mean probability of what is read
 * @property {number} grey share of the inked pixels that are neither ink nor paper
 * @property {number | null} diversity mean distance of their features
 * @property {number | null} apart mean distance to the nearest training digit
 * @property {number | null} [fid]
 * @property {number | null} [likelihood] the negative ELBO, nats
 * @property {number | null} [weights]
 */
/**
 * What view.py's `compare` returns.
 * @typedef {object} Comparison
 * @property {string} digit "all" or one of the ten
 * @property {{ gan: Family, vae: Family }} families
 * @property {number} columns
 * @property {boolean} nearest whether the training digits are at hand
 */

const COLOURS = { gan: "generated", vae: "latent" };

/** @param {Given<Comparison>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing families";
  const waking = make("p", { class: "waking" }, say(words.waking)),
    body = make("div");
  root.append(waking, body);

  function draw() {
    const value = props.value;
    if (!value?.families) return;
    waking.hidden = true;
    body.replaceChildren(
      make("div", { class: "sides" }, side(words, "gan", value), side(words, "vae", value)),
      table(words, value),
      make("p", { class: "hint" }, say(value.nearest ? words.nearest : words.no_data)),
    );
  }
  watch("value", draw);
  draw();
}

/**
 * One family's digits under its name.
 * @param {Words} words
 * @param {"gan" | "vae"} name
 * @param {Comparison} value
 */
function side(words, name, { families, columns, digit }) {
  const { make, say } = window.aigc;
  const family = families[name],
    sorted = name === "vae" && digit !== "all";
  const pictures = make("div", { class: "tiles", style: `--columns: ${columns}` });
  sprite(family.sheet, (sheet) => show_digits(words, pictures, family, sheet));
  const note = sorted
    ? say(words.vae_sorted, { drawn: family.drawn, digit })
    : say(words[`${name}_note`]);
  return make(
    "section",
    { class: COLOURS[name] },
    make("h3", {}, say(words[name])),
    make("p", { class: "note" }, note),
    pictures,
  );
}

// Each digit, and on top of it the training digit that is nearest.
function show_digits(words, pictures, { reads, nearest }, sheet) {
  const { make, say } = window.aigc;
  const figures = reads.map((digit, i) => {
    const canvas = tile_canvas(`${digit}`);
    draw_tile(canvas, sheet, i);
    return make("figure", {}, canvas);
  });
  pictures.replaceChildren(...figures);
  if (!nearest) return;
  sprite(nearest, (real) =>
    figures.forEach((figure, i) => {
      const twin = tile_canvas(say(words.nearest));
      draw_tile(twin, real, i);
      figure.append(make("span", { class: "twin" }, twin));
    }),
  );
}

/**
 * @param {Words} words
 * @param {Comparison} value
 */
function table(words, { families }) {
  const { make, say, number } = window.aigc;
  const { gan, vae } = families;
  const names = [
    make("td"),
    make("th", { scope: "col", class: COLOURS.gan }, "GAN"),
    make("th", { scope: "col", class: COLOURS.vae }, "VAE"),
  ];
  const rows = figure_rows([gan, vae], number).map(({ key, cells: [ours, theirs] }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, say(words[key])),
      make("td", { class: COLOURS.gan }, ours),
      make("td", { class: COLOURS.vae }, theirs),
    ),
  );
  return make("table", {}, make("thead", {}, make("tr", {}, ...names)), make("tbody", {}, ...rows));
}
