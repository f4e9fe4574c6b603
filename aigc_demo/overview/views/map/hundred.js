// A hundred digits, painted while one waits.

import { sprite } from "aigc/ui/sprite.js";

const COUNT = 100; // digits, and so seeds, at one click

/** @typedef {{ sheet: string, seconds: number, seed: number }} Hundred */

/**
 * A button, and the figure in which the digits appear.
 * @param {Words} words
 * @param {(seed: number) => void} ask
 */
export function hundred_digits(words, ask) {
  const { make, say, number } = window.aigc;
  const canvas = make("canvas", {
    class: "picture ink",
    role: "img",
    "aria-label": say(words.hundred),
  });
  const caption = make("figcaption", { "aria-live": "polite" }),
    figure = make("figure", { class: "hundred" }, make("div", {}, canvas), caption);
  const pressed = { type: "button", class: "go", "data-act": "hundred" },
    button = make("button", pressed, say(words.hundred));
  let seed = 0,
    shown = -1;
  button.addEventListener("click", () => {
    seed += COUNT;
    ask(seed);
  });
  figure.hidden = true;
  /** @param {Hundred | undefined} made */
  function show(made) {
    if (!made || made.seed === shown) return;
    shown = made.seed;
    sprite(made.sheet, (sheet) => {
      Object.assign(canvas, { width: sheet.width, height: sheet.height });
      canvas.getContext("2d").drawImage(sheet, 0, 0);
      figure.hidden = false;
      caption.textContent = say(words.hundred_said, { seconds: number(made.seconds, 2) });
    });
  }
  return { button, figure, show };
}
