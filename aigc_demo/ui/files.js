// Files made in the browser: an animated WebP of frames that are WebP each, and a ZIP of files that
// are packed already.

/** A part of an animation: a WebP file, and how long it is seen.
 * @typedef {{bytes: Uint8Array, milliseconds: number}} Frame
 */
/** @typedef {{name: string, bytes: Uint8Array}} Entry a file of a ZIP */

const text_bytes = (text) => new TextEncoder().encode(text);

/** Return a number in `count` bytes, the lowest first. */
const little_endian = (number, count) =>
  Uint8Array.from({ length: count }, (_, i) => Math.floor(number / 256 ** i) % 256);

function concatenated(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Return an animation that repeats without end. RFC 9649 (WebP), sections 2.5 to 2.7.
 * @param {Frame[]} frames
 * @param {number} width of each
 * @param {number} height
 */
export function animated_webp(frames, width, height) {
  const chunk = (tag, content) =>
    concatenated(
      text_bytes(tag),
      little_endian(content.length, 4),
      content,
      new Uint8Array(content.length % 2),
    );
  const size = [little_endian(width - 1, 3), little_endian(height - 1, 3)];
  const shown = frames.map(({ bytes, milliseconds }) =>
    chunk(
      "ANMF",
      concatenated(
        little_endian(0, 6),
        ...size,
        little_endian(milliseconds, 3),
        little_endian(2, 1),
        pixel_chunks(bytes),
      ),
    ),
  );
  const animation = 2,
    forever = 0;
  const content = concatenated(
    text_bytes("WEBP"),
    chunk("VP8X", concatenated(little_endian(animation, 4), ...size)),
    chunk("ANIM", concatenated(little_endian(0xffffffff, 4), little_endian(forever, 2))),
    ...shown,
  );
  return new Blob([text_bytes("RIFF"), little_endian(content.length, 4), content], {
    type: "image/webp",
  });
}

/** Return the chunks of a WebP file that hold its pixels. */
function pixel_chunks(bytes) {
  const found = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4)),
      length = new DataView(bytes.buffer, bytes.byteOffset + at + 4).getUint32(0, true);
    const end = at + 8 + length + (length % 2);
    if (["ALPH", "VP8 ", "VP8L"].includes(tag)) found.push(bytes.subarray(at, end));
    at = end;
  }
  return concatenated(...found);
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/**
 * Return the CRC-32 of bytes, as ZIP and PNG have it.
 * @param {Uint8Array} bytes
 */
export const checksum = (bytes) =>
  ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

/**
 * Return the files in one, stored as they are. PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
 * @param {Entry[]} files
 */
export function zip(files) {
  const local = [],
    central = [],
    midnight = 0,
    first_day = 33; // 1 January 1980, the format's first
  let at = 0;
  for (const { name, bytes } of files) {
    const title = text_bytes(name),
      version = little_endian(20, 2);
    const about = concatenated(
      version,
      little_endian(0, 4),
      little_endian(midnight, 2),
      little_endian(first_day, 2),
      little_endian(checksum(bytes), 4),
      little_endian(bytes.length, 4),
      little_endian(bytes.length, 4),
      little_endian(title.length, 2),
      little_endian(0, 2),
    );
    central.push(
      concatenated(
        text_bytes("PK\x01\x02"),
        version,
        about,
        little_endian(0, 10),
        little_endian(at, 4),
        title,
      ),
    );
    local.push(concatenated(text_bytes("PK\x03\x04"), about, title, bytes));
    at += local.at(-1).length;
  }
  const list = concatenated(...central),
    count = little_endian(files.length, 2);
  return new Blob(
    [
      ...local,
      list,
      text_bytes("PK\x05\x06"),
      little_endian(0, 4),
      count,
      count,
      little_endian(list.length, 4),
      little_endian(at, 4),
      little_endian(0, 2),
    ],
    { type: "application/zip" },
  );
}

/**
 * Let the visitor's browser save a file.
 * @param {Blob} blob
 * @param {string} name
 */
export function download_file(blob, name) {
  const href = URL.createObjectURL(blob);
  window.aigc.make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
