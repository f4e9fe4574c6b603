// Numbers as a picture: a cell each, as strong as the number.

import { css_colour } from "aigc/ui/theme.js";

/**
 * Paints rows x columns cells of `cell` pixels in `colour`. A stroke marks what is negative.
 * @param {HTMLCanvasElement} canvas
 * @param {number} rows
 * @param {number} columns
 * @param {number} cell
 * @param {string} colour
 * @param {(r: number, c: number) => number | null} strength in [-1, 1]; null: nothing may be seen
 */
export function paint(canvas, rows, columns, cell, colour, strength) {
  Object.assign(canvas, { width: columns * cell, height: rows * cell });
  const context = canvas.getContext("2d"),
    [negative, blank, stroke] = ["soft", "line", "sheet"].map(css_colour);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const s = strength(r, c);
      context.globalAlpha = s === null ? 0.35 : Math.abs(s) ** 0.7;
      if (s === null) context.fillStyle = blank;
      else context.fillStyle = s < 0 ? negative : colour;
      context.fillRect(c * cell, r * cell, cell, cell);
      if (s < -0.04 && cell >= 12) {
        context.globalAlpha = 1;
        context.fillStyle = stroke;
        context.fillRect((c + 0.3) * cell, (r + 0.46) * cell, 0.4 * cell, 0.1 * cell);
      }
    }
  context.globalAlpha = 1;
  return context;
}

/**
 * The same with cells that are wider than high, or higher than wide.
 * @param {HTMLCanvasElement} canvas
 * @param {number} rows
 * @param {number} columns
 * @param {{ width: number, height: number }} cell
 * @param {string} colour
 * @param {(r: number, c: number) => number | null} strength
 */
export function paint_stretched(canvas, rows, columns, { width, height }, colour, strength) {
  const square = document.createElement("canvas");
  paint(square, rows, columns, 12, colour, strength);
  Object.assign(canvas, { width: columns * width, height: rows * height });
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(square, 0, 0, canvas.width, canvas.height);
  return context;
}
