// The batch of a training step: a column for each picture, a row for each symbol.

import { draw_tile, PIXELS, tile_canvas } from "aigc/ui/sprite.js";
import { typeset } from "aigc/ui/stepper.js";

/**
 * A training step on one batch: see view.py's train.
 * @typedef {object} Step
 * @property {boolean} drawn whether the first picture is the visitor's
 * @property {number} learning_rate
 * @property {number} seed
 * @property {number} weights of the network
 * @property {number[]} labels of the pictures; 10: hidden from the network
 * @property {number[]} t
 * @property {number[]} alpha_bar
 * @property {number[][]} waves the sinusoidal embedding of each t
 * @property {[number[], number[]]} losses of the pictures, before the update and after
 * @property {[number, number]} loss their means
 * @property {Record<string, number>} gradients the norm of each part's
 * @property {number} gradient the norm of all
 * @property {number} clip by which the gradient is multiplied
 * @property {string} sheet all pictures of the step, a data URI
 *
 * A row of numbers: its symbol, and what it shows of a picture.
 * @typedef {[string, (picture: number) => Child | Child[]]} Row
 */

// Each symbol's row on the sheet, and its colour.
const ROWS = {
  "x_{0}": [0, "data"],
  ε: [1, "noise"],
  "x_{t}": [2, "noise"],
  v: [3, "latent"],
  v̂: [4, "generated"],
  "x̂_{0}": [5, "generated"],
  "(v̂ − v)^{2}": [6, "loss"],
};
const HIDDEN = 10;

/**
 * Return a class as it is written; the empty set where it is hidden.
 * @param {number} label
 */
export const label_name = (label) => (label === HIDDEN ? "∅" : `${label}`);

/**
 * Return how many classes are hidden.
 * @param {number[]} labels
 */
export const count_hidden = (labels) => labels.filter((label) => label === HIDDEN).length;

/**
 * Return the colour of the loss as it is on the page.
 * @param {HTMLElement} root
 * @returns {number[]} red, green and blue
 */
function loss_colour(root) {
  const sample = window.aigc.make("i", { style: "color: var(--loss)" });
  root.append(sample);
  const colour = getComputedStyle(sample).color.match(/\d+/g).map(Number);
  sample.remove();
  return colour;
}

/**
 * Draw what `symbol` is of one picture; an error in the colour of the loss, the larger the denser.
 * @param {HTMLElement} root
 * @param {HTMLImageElement} sheet
 * @param {string} symbol
 * @param {number} i
 * @param {number} count of pictures
 */
function picture(root, sheet, symbol, i, count) {
  const [row, tone] = ROWS[symbol],
    canvas = tile_canvas("");
  draw_tile(canvas, sheet, row * count + i);
  if (tone !== "loss") return canvas;
  const context = canvas.getContext("2d"),
    { data } = context.getImageData(0, 0, PIXELS, PIXELS),
    colour = loss_colour(root);
  for (let at = 0; at < data.length; at += 4) data.set([...colour, data[at]], at);
  context.putImageData(new ImageData(data, PIXELS, PIXELS), 0, 0);
  canvas.classList.remove("ink");
  return canvas;
}

/**
 * Draw the batch; one column is chosen.
 * @param {object} batch
 * @param {HTMLElement} batch.root
 * @param {Words} batch.words
 * @param {Step} batch.step
 * @param {HTMLImageElement} batch.sheet
 * @param {number} batch.chosen
 * @param {(picture: number) => void} batch.choose
 * @param {string[]} symbols of the rows of pictures
 * @param {Row[]} rows of numbers under them
 */
export function columns({ root, words, step, sheet, chosen, choose }, symbols, rows) {
  const { make, say } = window.aigc;
  const heads = [
    ...symbols.map((symbol) => [`name tone-${ROWS[symbol][1]}`, symbol]),
    ...rows.map(([symbol]) => ["name", symbol]),
  ].map(([look, symbol]) => make("span", { class: look, translate: "no" }, ...typeset(symbol)));
  const column = (t, i) => {
    const label = label_name(step.labels[i]);
    const made = make(
      "button",
      {
        type: "button",
        class: "member",
        "aria-pressed": i === chosen,
        tabindex: i === chosen ? 0 : -1,
        "aria-label": say(words.picture, { place: i + 1, label, t }),
      },
      ...symbols.map((symbol) => picture(root, sheet, symbol, i, step.t.length)),
      ...rows.map(([, shown]) => make("span", { class: "figure" }, ...[shown(i)].flat())),
    );
    made.addEventListener("click", () => choose(i));
    return made;
  };
  const [lines, pictures, count] = [heads.length, symbols.length, step.t.length];
  return make(
    "div",
    { class: "scroll" },
    make(
      "div",
      {
        class: "columns-of",
        role: "group",
        "aria-label": say(words.batch),
        style: `--lines: ${lines}; --pictures: ${pictures}; --count: ${count}`,
      },
      make("div", { class: "names" }, ...heads),
      ...step.t.map(column),
    ),
  );
}
