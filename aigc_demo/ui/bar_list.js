// Bars over shares of their room, and lists of them: a row each with its name, its bar and its
// number.

import { clamp } from "aigc/ui/arithmetic.js";

/**
 * A bar over a share, 0 to 1, of its room, which is seen behind it, but for "bare".
 * @param {number} share
 * @param {string} [look] its classes
 */
export const share_bar = (share, look = "") =>
  window.aigc.make("span", {
    class: `share-bar ${look}`,
    style: `--share: ${clamp(share, [0, 1])}`,
  });

/**
 * What a row holds.
 * @param {string} name
 * @param {HTMLElement} bar one, or several within an element
 * @param {string} figure
 */
export const bar_cells = (name, bar, figure) => [
  window.aigc.make("b", {}, name),
  bar,
  window.aigc.make("span", { class: "figure" }, figure),
];

/**
 * A row of a list.
 * @param {string} name
 * @param {HTMLElement} bar
 * @param {string} figure
 * @param {boolean} [came] whether it is what came
 */
export const bar_item = (name, bar, figure, came = false) =>
  window.aigc.make(
    "li",
    { class: `bar-row${came ? " came" : ""}`, translate: "no" },
    ...bar_cells(name, bar, figure),
  );

/**
 * A row that can be pressed.
 * @param {string} name
 * @param {HTMLElement} bar
 * @param {string} figure
 * @param {() => void} act
 */
export function bar_button(name, bar, figure, act) {
  const look = { type: "button", class: "bar-row", translate: "no" };
  const button = window.aigc.make("button", look, ...bar_cells(name, bar, figure));
  button.addEventListener("click", act);
  return button;
}
