// Pictures of 28 by 28 that come as one sheet: sprite(uri, draw) loads it, cut(canvas, sheet, index) shows one of them.
const PIXELS = 28;
function sprite(uri, draw) {
  const sheet = new Image();
  sheet.onload = () => draw(sheet);
  sheet.src = uri;
}
function cut(canvas, sheet, index) {
  const columns = Math.round(sheet.width / PIXELS), x = (index % columns) * PIXELS, y = Math.floor(index / columns) * PIXELS;
  canvas.getContext("2d").drawImage(sheet, x, y, PIXELS, PIXELS, 0, 0, PIXELS, PIXELS);
}
function tile(name) {
  const read = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };  // without a name: what is around it says what it is
  return window.aigc.make("canvas", { width: PIXELS, height: PIXELS, class: "picture ink", ...read });
}
