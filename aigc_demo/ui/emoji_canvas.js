// An emoji as the training pictures were drawn: as large as its glyph allows, on white.

const FONT = "109px 'Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji', sans-serif";

/**
 * Return a canvas of `side` pixels with the emoji.
 * @param {string} text
 * @param {number} side
 */
export function emoji_canvas(text, side) {
  const { make } = window.aigc;
  const big = make("canvas", { width: 200, height: 200 }),
    pen = big.getContext("2d");
  pen.font = FONT;
  const {
    actualBoundingBoxLeft: left,
    actualBoundingBoxRight: right,
    actualBoundingBoxAscent: up,
    actualBoundingBoxDescent: down,
  } = pen.measureText(text);
  const size = Math.max(1, Math.ceil(Math.max(left + right, up + down)));
  Object.assign(big, { width: size, height: size });
  pen.font = FONT; // a new size has made the canvas forget it
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = "#000";
  pen.fillText(text, (size - left - right) / 2 + left, (size - up - down) / 2 + up);
  const small = make("canvas", { width: side, height: side }),
    brush = small.getContext("2d");
  brush.imageSmoothingQuality = "high";
  brush.drawImage(big, 0, 0, side, side);
  return small;
}

// Where the browser does not part texts into characters: a flag, a keycap, an emoji with all that
// joins it.
const MARKS = String.raw`\p{Mark}|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}]`;
const JOINED = new RegExp(
  String.raw`^(?:\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|.(?:${MARKS}|\u200D.)*)`,
  "su",
);

/**
 * Return the first character of a text as a reader counts them; "" of none.
 * @param {string} text
 */
export function first_character(text) {
  const given = String(text ?? "").trim();
  if (!Intl.Segmenter) return given.match(JOINED)?.[0] ?? "";
  return [...new Intl.Segmenter().segment(given)][0]?.segment ?? "";
}
