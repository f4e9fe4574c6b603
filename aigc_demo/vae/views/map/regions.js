// Regions of the plane by what is read there, each in its digit's colour and with its name.

/** @import { Atlas } from "aigc/vae/views/map/view.js" */

/**
 * Where each digit's name stands: in the cell of its region that is farthest from all others.
 * @param {number[]} readings the digit of each cell, row by row
 * @param {number} side cells a side
 * @returns {{ digit: number, cell: number }[]}
 */
export function label_places(readings, side) {
  const best = new Map();
  readings.forEach((digit, cell) => {
    let depth = 0;
    while (is_ring_alike(readings, side, cell, depth + 1)) depth++;
    if (depth > (best.get(digit)?.depth ?? -1)) best.set(digit, { digit, cell, depth });
  });
  return [...best.values()].map(({ digit, cell }) => ({ digit, cell }));
}

// Whether all cells of the square ring at distance r around a cell are read as the cell is.
function is_ring_alike(readings, side, cell, r) {
  const x = cell % side,
    y = Math.floor(cell / side);
  if (x < r || y < r || x + r >= side || y + r >= side) return false;
  const alike = (u, v) => readings[(y + v) * side + x + u] === readings[cell];
  for (let k = -r; k <= r; k++)
    if (!(alike(k, -r) && alike(k, r) && alike(-r, k) && alike(r, k))) return false;
  return true;
}

/**
 * Paint the regions, the paler the less sure the reading is.
 * @param {HTMLCanvasElement} canvas
 * @param {Pick<Atlas, "fine" | "readings" | "certainty">} atlas
 */
export function paint_regions(canvas, { fine, readings, certainty }) {
  Object.assign(canvas, { width: fine, height: fine });
  const context = canvas.getContext("2d"),
    style = getComputedStyle(canvas),
    colours = Array.from({ length: 10 }, (_, digit) => style.getPropertyValue(`--digit-${digit}`));
  readings.forEach((digit, i) => {
    context.globalAlpha = 0.3 + 0.6 * certainty[i] ** 2;
    context.fillStyle = colours[digit];
    context.fillRect(i % fine, Math.floor(i / fine), 1, 1);
  });
}

/**
 * The digits' names, each in the middle of its cell.
 * @param {Pick<Atlas, "fine" | "readings">} atlas
 */
export function region_labels({ fine, readings }) {
  const middle = (index) => (100 * (index + 0.5)) / fine;
  return label_places(readings, fine).map(({ digit, cell }) => {
    const left = middle(cell % fine),
      top = middle(Math.floor(cell / fine));
    return window.aigc.make("b", { style: `left: ${left}%; top: ${top}%` }, digit);
  });
}
