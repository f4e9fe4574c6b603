// The figure of the map: inputs, lines, and a row a family with what its model made.

import { link_to } from "aigc/overview/views/_shared/links.js";
import { input_middle, map_lines } from "aigc/overview/views/map/layout.js";
import { draw_tile, fit_tile, sprite, tile_canvas } from "aigc/ui/sprite.js";

/** @import { Families, Input } from "aigc/overview/views/map/layout.js" */
/** @import { Made } from "aigc/overview/views/map/view.js" */

const COLOURS = { words: "data", picture: "data", noise: "noise" };

/**
 * A family's row: what goes in, the family, room for what comes out.
 * @param {Words} words
 * @param {string} name
 * @param {[Input[], string]} family
 */
function family_row(words, name, [inputs, members]) {
  const { make, say } = window.aigc;
  const chips = inputs.map((input) =>
    make("span", { class: `chip ${COLOURS[input]}` }, say(words[`input_${input}`])),
  );
  const head = make(
    "span",
    { class: "head" },
    make("b", {}, say(words[`name_${name}`])),
    make("span", { class: "members", translate: "no" }, members),
  );
  const family = make(
    "div",
    { class: "family" },
    head,
    make("span", { class: "does" }, say(words[`does_${name}`])),
    make("span", { class: "into" }, `${say(words.goes_in)} `, ...chips),
  );
  const output = make("div", { class: "out" });
  const arrow = make("span", { class: "arrow", "aria-hidden": "true" });
  const row = { class: "row", "data-family": name };
  return { element: make("div", row, link_to(family, name), arrow, output), output };
}

/**
 * @param {Words} words
 * @param {Families} families
 * @param {Input[]} inputs
 */
function draw_inputs(words, families, inputs) {
  const { make, say } = window.aigc;
  const count = Object.keys(families).length;
  const paths = map_lines(families, inputs).map(({ input, family, path }) => {
    const names = { "data-input": input, "data-family": family };
    return make("path", { class: COLOURS[input], ...names, d: path });
  });
  const boxes = inputs.map((input) => {
    const style = `top: ${input_middle(input, count)}%`;
    return make(
      "div",
      { class: `input ${COLOURS[input]}`, "data-input": input, style },
      say(words[`input_${input}`]),
    );
  });
  const box = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" };
  return [make("div", { class: "inputs" }, ...boxes), make("svg", box, ...paths)];
}

/**
 * Whether an element of the map belongs to what is looked at: a family, or an input.
 * @param {Families} families
 * @param {DOMStringMap} element
 * @param {string | undefined} family
 * @param {string | undefined} input
 */
function touched(families, { family: own, input: from }, family, input) {
  const enters = (each, name) => families[name][0].includes(/** @type {Input} */ (each));
  if (family) return own === family || (!own && enters(from, family));
  if (input) return from === input || (!from && enters(input, own));
  return false;
}

/**
 * Let what is under the pointer, or has the focus, stand out with its lines.
 * @param {HTMLElement} figure
 * @param {Families} families
 */
function highlight(figure, families) {
  /**
   * @param {string} [family]
   * @param {string} [input]
   */
  function show(family, input) {
    figure.classList.toggle("lit", Boolean(family || input));
    /** @type {NodeListOf<HTMLElement>} */
    const elements = figure.querySelectorAll("[data-family], [data-input]");
    for (const each of elements)
      each.classList.toggle("touched", touched(families, each.dataset, family, input));
  }
  for (const kind of ["pointerover", "focusin"])
    figure.addEventListener(kind, ({ target }) => {
      const under = (look) =>
        /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(look))?.dataset;
      show(under(".row")?.family, under(".input")?.input);
    });
  for (const kind of ["pointerleave", "focusout"]) figure.addEventListener(kind, () => show());
}

/**
 * What a family's model made, and from what.
 * @param {Words} words
 * @param {string} name
 * @param {Made | null} made
 */
function results(words, name, made) {
  const { make, say } = window.aigc;
  if (!made) return [];
  if (made.problem) return [make("p", { class: "problem" }, say(made.problem))];
  const given = say(made.given),
    caption = make("small", { class: "made" }, say(words[`made_${name}`], { given }));
  if (made.text) {
    const prompt = make("span", { class: "data" }, given);
    const written = { class: "written", translate: "no" };
    return [make("p", written, prompt, made.text.trimEnd()), caption];
  }
  const pictures = made.pictures.map((uri, i) => {
    const canvas = tile_canvas(`${say(words[`name_${name}`])} ${i + 1}`);
    sprite(uri, (sheet) => {
      fit_tile(canvas, sheet.height);
      draw_tile(canvas, sheet, 0);
    });
    return make("figure", {}, canvas);
  });
  return [make("div", { class: "pictures" }, ...pictures), caption];
}

/**
 * The figure; show(made) fills the rows that are there, by the families' names.
 * @param {Words} words
 * @param {Families} families
 * @param {Input[]} inputs
 */
export function families_figure(words, families, inputs) {
  const { make, say } = window.aigc;
  const rows = Object.entries(families).map(([name, family]) => ({
    name,
    ...family_row(words, name, family),
  }));
  const element = make(
    "div",
    { class: "figure", role: "group", "aria-label": say(words.map) },
    make("p", { class: "heading ins" }, say(words.goes_in)),
    make("p", { class: "heading outs" }, say(words.comes_out)),
    ...draw_inputs(words, families, inputs),
    make("div", { class: "rows" }, ...rows.map((row) => row.element)),
  );
  highlight(element, families);
  /** @param {Record<string, Made | null>} made */
  function show(made) {
    for (const { name, element: row, output } of rows) {
      const waiting = make("span", { class: "waking" }, "…"),
        shown = name in made ? results(words, name, made[name]) : [waiting];
      output.replaceChildren(...shown);
      row.classList.toggle("empty", !shown.length);
    }
  }
  return { element, show };
}
