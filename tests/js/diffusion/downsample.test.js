// A picture as the model takes it.

import assert from "node:assert/strict";
import test from "node:test";
import { downsample } from "aigc/diffusion/views/picture/downsample.js";

const SIDE = 3,
  FACTOR = 4,
  WIDE = SIDE * FACTOR;

/** Return a canvas's pixels, each by its place. */
const pixels = (colour_at) =>
  Uint8ClampedArray.from(
    Array.from({ length: WIDE ** 2 }, (_, i) => colour_at(i % WIDE, Math.floor(i / WIDE))).flat(),
  );
const nothing = pixels(() => [0, 0, 0, 0]);

test("a picture of one colour keeps it", () => {
  const made = downsample(
    pixels(() => [10, 200, 30, 255]),
    nothing,
    SIDE,
    FACTOR,
  );
  for (let i = 0; i < SIDE ** 2; i++)
    assert.deepEqual([...made.slice(4 * i, 4 * i + 4)], [10, 200, 30, 255]);
});

test("an enlarged picture comes back as it was", () => {
  const grey = (x, y) => 20 * (x + SIDE * y);
  const drawn = pixels((x, y) => {
    const value = grey(Math.floor(x / FACTOR), Math.floor(y / FACTOR));
    return [value, value, value, 255];
  });
  const made = downsample(drawn, nothing, SIDE, FACTOR);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) assert.equal(made[4 * (y * SIDE + x)], grey(x, y));
});

test("each pixel is the mean of those drawn, so the mean of all stays", () => {
  const drawn = pixels((x, y) => [(x * 37 + y * 91) % 256, 0, 255 * ((x + y) % 2), 255]);
  const made = downsample(drawn, nothing, SIDE, FACTOR);
  const mean = (of, channel) =>
    of.filter((_, i) => i % 4 === channel).reduce((sum, value) => sum + value, 0) / (of.length / 4);
  for (const channel of [0, 1, 2])
    assert.ok(Math.abs(mean(drawn, channel) - mean(made, channel)) <= 0.5);
  assert.equal(made[2], 128); // half of the pixels are 255, the others 0
});

test("a pixel is transparent where most of it is erased", () => {
  const white = pixels(() => [255, 255, 255, 255]);
  const erased_to = (width) =>
    downsample(
      white,
      pixels((x) => [0, 0, 0, x < width ? 255 : 0]),
      SIDE,
      FACTOR,
    );
  const row = (made) => [0, 1, 2].map((x) => made[4 * x + 3]);
  assert.deepEqual(row(erased_to(FACTOR)), [0, 255, 255]);
  assert.deepEqual(row(erased_to(1)), [255, 255, 255]); // a quarter
  assert.deepEqual(row(erased_to(FACTOR + 3)), [0, 0, 255]); // and three quarters
});
