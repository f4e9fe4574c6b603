// Pictures that come as one sheet: sprite(uri, draw) loads it, cut(canvas, sheet, index) shows one
// of them, as large as the canvas.
export const PIXELS = 28; // a side of a digit
export function sprite(uri, draw) {
  const sheet = new Image();
  sheet.onload = () => draw(sheet);
  sheet.src = uri;
}
export function cut(canvas, sheet, index) {
  const side = canvas.width,
    columns = Math.round(sheet.width / side),
    x = (index % columns) * side,
    y = Math.floor(index / columns) * side;
  canvas.getContext("2d").drawImage(sheet, x, y, side, side, 0, 0, side, side);
}
export function tile(name, side = PIXELS) {
  // without a name: what is around it says what it is
  const read = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
  const canvas = window.aigc.make("canvas", read);
  resize(canvas, side);
  return canvas;
}
export function resize(canvas, side) {
  Object.assign(canvas, {
    width: side,
    height: side,
    className: side === PIXELS ? "picture ink" : "picture",
  }); // digits alone are ink on the sheet's colour
}
