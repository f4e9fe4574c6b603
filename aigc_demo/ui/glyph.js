// An emoji as the training pictures were drawn: as large as its glyph allows, on white, on a canvas
// of `side` pixels.
export function glyph(text, side) {
  const { make } = window.aigc;
  const big = make("canvas", { width: 200, height: 200 }),
    pen = big.getContext("2d");
  pen.font = "109px 'Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji', sans-serif";
  const {
    actualBoundingBoxLeft: left,
    actualBoundingBoxRight: right,
    actualBoundingBoxAscent: up,
    actualBoundingBoxDescent: down,
  } = pen.measureText(text);
  const size = Math.max(1, Math.ceil(Math.max(left + right, up + down)));
  Object.assign(big, { width: size, height: size });
  pen.font = "109px 'Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji', sans-serif";
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
// The first character as a reader counts them. Where the browser does not part texts into these: a
// flag, a keycap, an emoji with all that joins it.
const JOINED =
  /^(?:\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|[^](?:\p{Mark}|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}]|\u200D[^])*)/u;
export function first_of(text) {
  const given = String(text ?? "").trim();
  if (!Intl.Segmenter) return given.match(JOINED)?.[0] ?? "";
  return [...new Intl.Segmenter().segment(given)][0]?.segment ?? "";
}
