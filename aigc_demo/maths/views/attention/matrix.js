// A matrix under its name, to be read or to be changed.

import { clamp } from "aigc/ui/arithmetic.js";
import { format_number } from "aigc/ui/format.js";

/** @import { Stage } from "aigc/maths/views/_shared/stage.js" */

/**
 * @typedef {object} MatrixOptions
 * @property {string} name TeX
 * @property {string} label its name for who hears the page
 * @property {number} rows
 * @property {number} columns
 * @property {string} [look] its classes; cells of a "tinted" one are as strong as their value
 * @property {(i: number, j: number, cell: HTMLInputElement) => void} [edit] called when a cell is
 * typed in; without it, nobody can
 * @property {(i: number) => void} [pick] called when a row is pressed
 */

/**
 * @param {Stage} stage
 * @param {MatrixOptions} options
 */
export function create_matrix(stage, options) {
  const { make } = window.aigc;
  const { name, label, rows, columns, look = "", edit, pick } = options;
  const caption = stage.formula(),
    tinted = look.includes("tinted");
  caption.show(name);

  function create_cell(i, j) {
    if (!edit) return make("output", { class: "cell" });
    const cell = make("input", {
      type: "text",
      inputmode: "decimal",
      class: "cell",
      "aria-label": stage.text("cell", { name: label, i: i + 1, j: j + 1 }),
    });
    cell.addEventListener("input", () => edit(i, j, cell));
    return cell;
  }
  const cells = Array.from({ length: rows * columns }, (_, k) => {
    const i = Math.floor(k / columns),
      cell = create_cell(i, k % columns);
    if (pick) cell.addEventListener("click", () => pick(i));
    return cell;
  });
  const shape = { class: "matrix", style: `--columns: ${columns}` },
    grid = make("div", { ...shape, role: "group", "aria-label": label }, ...cells);

  function write(cell, value, digits) {
    if (!edit) cell.textContent = format_number(value, digits);
    else if (document.activeElement !== cell)
      Object.assign(cell, { value: String(value).replace("-", "−"), ariaInvalid: "false" });
  }
  /**
   * Show the values; `row` is marked.
   * @param {number[][]} values
   * @param {{ row?: number, digits?: number }} [options]
   */
  function show(values, { row = -1, digits = 2 } = {}) {
    cells.forEach((cell, k) => {
      const i = Math.floor(k / columns),
        value = values[i][k % columns];
      write(cell, value, digits);
      const weight = Number.isFinite(value) ? clamp(value, [0, 1]) : 0;
      if (tinted) cell.style.setProperty("--w", String(weight));
      cell.classList.toggle("row", i === row);
    });
  }
  const named = make("figcaption", {}, caption.element);
  return {
    element: make("figure", { class: `held ${look}`, translate: "no" }, named, grid),
    show,
    /** @param {string} to TeX */
    rename: (to) => caption.show(to),
  };
}
