// Pictures that come as one sheet: sprite() loads it, draw_tile() shows one of them.

export const PIXELS = 28; // a side of a digit

/**
 * Load a sheet, then call `draw` with it.
 * @param {string} uri
 * @param {(sheet: HTMLImageElement) => void} draw
 */
export function sprite(uri, draw) {
  const sheet = new Image();
  sheet.onload = () => draw(sheet);
  sheet.src = uri;
}

/**
 * Return the left and the upper edge of a picture in a sheet of square pictures, in pixels.
 * @param {number} index
 * @param {number} side of a picture
 * @param {number} width of the sheet
 * @returns {Point}
 */
export function place_of(index, side, width) {
  const columns = Math.round(width / side);
  return [(index % columns) * side, Math.floor(index / columns) * side];
}

/**
 * Show one of a sheet's pictures, each as large as the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLImageElement} sheet
 * @param {number} index
 */
export function draw_tile(canvas, sheet, index) {
  const side = canvas.width;
  const [x, y] = place_of(index, side, sheet.width);
  canvas.getContext("2d").drawImage(sheet, x, y, side, side, 0, 0, side, side);
}

/**
 * Return a canvas for one of a sheet's pictures.
 * @param {string} [name] without one, what is around it says what it is
 * @param {number} [side] in pixels
 */
export function tile_canvas(name, side = PIXELS) {
  const read = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
  const canvas = window.aigc.make("canvas", read);
  fit_tile(canvas, side);
  return canvas;
}

/**
 * Make a canvas as large as a picture. Digits alone are ink on the sheet's colour.
 * @param {HTMLCanvasElement} canvas
 * @param {number} side in pixels
 */
export function fit_tile(canvas, side) {
  Object.assign(canvas, {
    width: side,
    height: side,
    className: side === PIXELS ? "picture ink" : "picture",
  });
}
