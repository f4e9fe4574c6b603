import assert from "node:assert/strict";
import test from "node:test";
import { crc32 } from "node:zlib";
import { animated_webp, checksum, zip } from "aigc/ui/files.js";

const text = (value) => new TextEncoder().encode(value);
const view_of = async (blob) => new DataView(await blob.arrayBuffer());
const tag = (view, at) =>
  String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));

/** A still WebP: its RIFF header, and one chunk of pixels. */
function webp(pixels) {
  const padded = pixels.length + (pixels.length % 2);
  const bytes = new Uint8Array(20 + padded);
  bytes.set(text("RIFF"), 0);
  bytes.set(text("WEBPVP8L"), 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, 12 + padded, true);
  view.setUint32(16, pixels.length, true);
  bytes.set(pixels, 20);
  return bytes;
}

test("the checksum is CRC-32", () => {
  assert.equal(checksum(text("123456789")), 0xcbf43926); // the catalogue's check value
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251);
  assert.equal(checksum(bytes), crc32(bytes));
  assert.equal(checksum(new Uint8Array(0)), 0);
});

test("a ZIP holds each file where its directory says", async () => {
  const files = ["a.png", "longer-name.png"].map((name) => ({ name, bytes: text(name.repeat(9)) }));
  const view = await view_of(zip(files));
  const end = view.byteLength - 22;
  assert.equal(tag(view, end), "PK\x05\x06");
  assert.equal(view.getUint16(end + 10, true), files.length);
  let entry = view.getUint32(end + 16, true); // the directory begins here
  assert.equal(entry + view.getUint32(end + 12, true), end);
  for (const { name, bytes } of files) {
    assert.equal(tag(view, entry), "PK\x01\x02");
    assert.equal(view.getUint32(entry + 16, true), crc32(bytes));
    const local = view.getUint32(entry + 42, true);
    assert.equal(tag(view, local), "PK\x03\x04");
    const content = local + 30 + view.getUint16(local + 26, true);
    assert.equal(view.getUint32(local + 18, true), bytes.length);
    assert.deepEqual(new Uint8Array(view.buffer, content, bytes.length), bytes);
    assert.deepEqual(new Uint8Array(view.buffer, local + 30, name.length), text(name));
    entry += 46 + view.getUint16(entry + 28, true);
  }
  assert.equal(entry, end);
});

test("an animation's chunks fill its file, a frame each, with its time and its pixels", async () => {
  const pixels = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)]; // an odd chunk is filled up
  const frames = pixels.map((each, i) => ({ bytes: webp(each), milliseconds: 125 * (i + 1) }));
  const view = await view_of(animated_webp(frames, 300, 200));
  assert.deepEqual([tag(view, 0), tag(view, 8)], ["RIFF", "WEBP"]);
  assert.equal(view.getUint32(4, true), view.byteLength - 8);
  const chunks = [];
  for (let at = 12; at < view.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    chunks.push({ name: tag(view, at), at: at + 8 });
    at += 8 + size + (size % 2);
  }
  assert.deepEqual(
    chunks.map(({ name }) => name),
    ["VP8X", "ANIM", "ANMF", "ANMF"],
  );
  const three = (at) => view.getUint16(at, true) + 65536 * view.getUint8(at + 2);
  assert.deepEqual([three(chunks[0].at + 4), three(chunks[0].at + 7)], [299, 199]);
  for (const [i, { at }] of chunks.slice(2).entries()) {
    assert.deepEqual([three(at + 6), three(at + 9)], [299, 199]);
    assert.equal(three(at + 12), frames[i].milliseconds);
    assert.equal(tag(view, at + 16), "VP8L");
    assert.deepEqual(new Uint8Array(view.buffer, at + 24, pixels[i].length), pixels[i]);
  }
});
