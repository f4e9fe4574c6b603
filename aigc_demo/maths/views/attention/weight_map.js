// A head's attention weights: a row for each character that asks, a column for each that answers;
// and all heads as small pictures of theirs.

import { clamp } from "aigc/ui/arithmetic.js";
import { rgb } from "aigc/ui/theme.js";

/** @import { Stage } from "aigc/maths/views/_shared/stage.js" */

/**
 * A row's button; the up and down arrow keys lead to its neighbours.
 * @param {string} label
 * @param {string} character
 * @param {number} i
 * @param {number} last
 * @param {(row: number) => void} choose
 */
function row_button(label, character, i, last, choose) {
  const { make } = window.aigc;
  const button = make("button", { type: "button", class: "asks", "aria-label": label }, character);
  button.addEventListener("click", () => choose(i));
  button.addEventListener("keydown", (event) => {
    const to = { ArrowUp: i - 1, ArrowDown: i + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(clamp(to, [0, last]));
  });
  return button;
}

/**
 * The map of one head. build(characters) makes its rows; show(weights, row, masked) fills them.
 * @param {Stage} stage
 * @param {(row: number) => void} choose called when a row is pressed
 */
export function weight_map({ text }, choose) {
  const { make } = window.aigc;
  const element = make("div", {
    class: "map-of",
    role: "group",
    "aria-label": text("map"),
    translate: "no",
  });
  /** @type {HTMLElement[]} */
  let buttons = [];
  /** @type {HTMLElement[][]} */
  let cells = [];
  function choose_and_focus(i) {
    choose(i);
    buttons[i].focus({ preventScroll: true });
  }
  /** @param {string[]} characters */
  function build(characters) {
    const last = characters.length - 1;
    buttons = characters.map((letter, i) =>
      row_button(text("asks", { i: i + 1, letter }), letter, i, last, choose_and_focus),
    );
    cells = characters.map((_, i) =>
      characters.map(() => {
        const cell = make("i", { class: "weight" });
        cell.addEventListener("click", () => choose_and_focus(i));
        return cell;
      }),
    );
    element.style.setProperty("--count", String(characters.length));
    element.replaceChildren(
      make("span"),
      ...characters.map((letter) => make("b", { "aria-hidden": "true" }, letter)),
      ...buttons.flatMap((button, i) => [button, ...cells[i]]),
    );
  }
  /**
   * @param {number[][]} weights
   * @param {number} row the one that is looked at
   * @param {boolean} masked
   */
  function show(weights, row, masked) {
    cells.forEach((each, i) => {
      each.forEach((cell, j) => {
        cell.style.setProperty("--w", weights[i][j].toFixed(4));
        cell.classList.toggle("future", masked && j > i);
        cell.classList.toggle("row", i === row);
      });
    });
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(i === row));
      button.tabIndex = i === row ? 0 : -1;
    });
  }
  return { element, build, show };
}

/**
 * Paint a head's weights into a small canvas, a pixel each.
 * @param {HTMLCanvasElement} canvas
 * @param {number[][]} weights
 */
export function paint_weights(canvas, weights) {
  const size = weights.length,
    pixels = new ImageData(size, size),
    colour = rgb("attention");
  weights.flat().forEach((weight, k) => {
    pixels.data.set([...colour, 255 * weight], 4 * k);
  });
  Object.assign(canvas, { width: size, height: size });
  canvas.getContext("2d").putImageData(pixels, 0, 0);
}
