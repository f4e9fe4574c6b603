// How a part's plots, figures and remarks stand on the page.

import { translatable } from "aigc/ui/format.js";

/** @typedef {string | Node} Item */

/**
 * Columns side by side.
 * @param {...HTMLElement} children
 */
export const columns = (...children) =>
  window.aigc.make("div", { class: "columns-of" }, ...children);

/**
 * Columns of which the first is the widest.
 * @param {...HTMLElement} children
 */
export function wide_first(...children) {
  const element = columns(...children);
  element.classList.add("wide-first");
  return element;
}

/** @param {string} text */
export const heading = (text) => window.aigc.make("h4", {}, text);

/** @param {string} text */
export const remark = (text) => window.aigc.make("p", { class: "remark" }, text);

/**
 * A column under its title, which may be a text, an element or nothing.
 * @param {Item} title
 * @param {...Item} children
 */
export const column = (title, ...children) =>
  window.aigc.make(
    "section",
    { class: "column-of" },
    ...(title ? [typeof title === "string" ? heading(title) : title] : []),
    ...children,
  );

/**
 * A column's title with its legend and choices on one line.
 * @param {string} title
 * @param {...Item} beside
 */
export const head = (title, ...beside) =>
  window.aigc.make("div", { class: "head-of" }, ...(title ? [heading(title)] : []), ...beside);

/**
 * What stands under all columns on one line.
 * @param {...Item} children
 */
export const foot = (...children) => window.aigc.make("div", { class: "controls-of" }, ...children);

/**
 * Buttons side by side.
 * @param {...HTMLElement} children
 */
export const buttons = (...children) =>
  window.aigc.make("div", { class: "choice-of" }, ...children);

/**
 * What a colour and a stroke stand for.
 * @param {[look: string, text: string][]} entries
 */
export function legend(entries) {
  const { make } = window.aigc;
  const key = (look) => make("i", { class: `key ${look}`, "aria-hidden": "true" });
  return make(
    "p",
    { class: "legend-of" },
    ...entries.map(([look, text]) => make("span", translatable(text), key(look), text)),
  );
}

/**
 * Large numbers with their names, each with the colour of what it stands for; show({key: text}).
 * @param {Record<string, [name: string, colour?: string]>} names
 */
export function figures(names) {
  const { make } = window.aigc;
  const values = Object.fromEntries(
    Object.keys(names).map((key) => [key, make("dd", { translate: "no", "data-figure": key })]),
  );
  const items = Object.entries(names).map(([key, [name, colour]]) =>
    make(
      "div",
      { class: colour ? `tone-${colour}` : "" },
      make("dt", translatable(name), name),
      values[key],
    ),
  );
  return {
    element: make("dl", { class: "numbers-of" }, ...items),
    /** @param {Record<string, string>} texts */
    show: (texts) => {
      for (const [key, text] of Object.entries(texts)) values[key].textContent = text;
    },
  };
}
