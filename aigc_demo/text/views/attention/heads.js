// All heads: a button with the map of each, and a box that switches it off.

import { paint } from "aigc/text/views/attention/paint.js";
import { css_colour } from "aigc/ui/theme.js";

/** @typedef {import("aigc/text/views/attention/value.js").Head} Head */

/**
 * The grid, a row a layer. choose(layer, head), from 0, is called for a head that is chosen;
 * switched(name, on) for one whose box is clicked, by its name "layer.head", from 1.
 * @param {Words} words
 * @param {(layer: number, head: number) => void} choose
 * @param {(name: string, on: boolean) => void} switched
 */
export function head_grid(words, choose, switched) {
  const { make, say } = window.aigc;
  const element = make("div", { class: "maps", role: "group", "aria-label": say(words.all) });
  const layer_name = (n) => say(words.layer, { number: n }),
    head_name = (n) => say(words.head, { number: n });
  let cells = [],
    columns = 0;

  function cell_of(layer, head) {
    const title = `${layer_name(layer + 1)}, ${head_name(head + 1)}`,
      name = `${layer + 1}.${head + 1}`;
    const canvas = make("canvas", { class: "picture" }),
      button = make("button", { type: "button", class: "map", "aria-label": title }, canvas);
    const box = make("input", {
      type: "checkbox",
      "aria-label": `${title}: ${say(words.box)}`,
      title: say(words.box),
    });
    button.addEventListener("click", () => choose(layer, head));
    box.addEventListener("change", () => switched(name, box.checked));
    const cell = make("div", { class: "cell" }, button, make("label", {}, box));
    return { layer, head, name, canvas, button, box, cell };
  }
  /**
   * @param {number} layers
   * @param {number} heads
   */
  function lay_out(layers, heads) {
    const number = (text) => make("span", { class: "number" }, text);
    const indices = (count) => [...Array(count).keys()];
    columns = heads;
    element.style.setProperty("--heads", String(heads));
    const rows = indices(layers).map((layer) => indices(heads).map((head) => cell_of(layer, head)));
    cells = rows.flat();
    element.replaceChildren(
      make("span"),
      ...indices(heads).map((head) => number(`${head + 1}`)),
      ...rows.flatMap((row, layer) => [
        number(layer_name(layer + 1)),
        ...row.map(({ cell }) => cell),
      ]),
    );
  }
  /**
   * Marks the head that is chosen, and those that are off.
   * @param {number} layer
   * @param {number} head
   * @param {Set<string>} off
   */
  function mark(layer, head, off) {
    for (const cell of cells) {
      const chosen = cell.layer === layer && cell.head === head;
      cell.button.setAttribute("aria-pressed", String(chosen));
      cell.button.tabIndex = cell.box.tabIndex = chosen ? 0 : -1;
      cell.box.checked = !off.has(cell.name);
      cell.button.classList.toggle("silent", off.has(cell.name));
    }
  }
  /** @param {Head} head */
  function draw({ T, H, maps }) {
    const colour = css_colour("attention");
    for (const { layer, head, canvas } of cells) {
      const begin = (layer * H + head) * T * T;
      paint(canvas, T, T, 1, colour, (r, c) => (c > r ? 0 : maps[begin + r * T + c] / 255));
    }
  }
  element.addEventListener("keydown", (event) => {
    const at = cells.findIndex((cell) => cell.button === document.activeElement);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (at < 0 || !by) return;
    event.preventDefault();
    const next = cells[at + by];
    if (!next) return;
    choose(next.layer, next.head);
    next.button.focus();
  });
  return { element, lay_out, mark, draw, names: () => cells.map(({ name }) => name) };
}
