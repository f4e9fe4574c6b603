// What the stages are made of.

/**
 * A table with a head; an empty text leaves its place in the head empty.
 * @param {(string | Node)[]} head
 * @param {Node[]} rows
 */
export function table(head, rows) {
  const { make } = window.aigc;
  const cells = head.map((text) => (text ? make("th", { scope: "col" }, text) : make("td")));
  const top = make("thead", {}, make("tr", {}, ...cells));
  return make("table", {}, top, make("tbody", {}, ...rows));
}

/**
 * A character in a formula.
 * @param {string} character
 */
export const letter = (character) =>
  window.aigc.make("span", { class: "letter" }, window.aigc.visible(character));

/**
 * What scrolls sideways where it is too wide.
 * @param {Node} content
 */
export const scroll = (content) => window.aigc.make("div", { class: "scroll" }, content);
