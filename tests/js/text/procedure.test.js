// What the stages of a training step make of the numbers that Python sends.

import assert from "node:assert/strict";
import test from "node:test";
import {
  attention_row,
  common_length,
  unpack,
  window_start,
} from "aigc/text/views/procedure/value.js";

const packed = (shape, numbers) => ({
  shape,
  float32: Buffer.from(Float32Array.from(numbers).buffer).toString("base64"),
});

test("vectors, lengths and guesses are unpacked row by row, scores beside their characters", () => {
  const step = unpack(
    /** @type {any} */ ({
      vectors: packed([2, 3], [1, 2, 3, 4, 5, 6]),
      lengths: packed([2, 2], [0.5, 1, 1.5, 2]),
      guesses: [
        ["a", "b"],
        ["c", "d"],
      ],
      guessed: {
        scores: packed([2, 2], [4, 3, 2, 1]),
        probabilities: packed([2, 2], [0.5, 0.25, 0.125, 0]),
      },
      maps: { shape: [1, 1, 2, 2], uint8: Buffer.from([255, 0, 51, 204]).toString("base64") },
    }),
  );
  assert.deepEqual(step.vectors, [
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.deepEqual(step.lengths[1], [1.5, 2]);
  assert.deepEqual(step.guesses[1], [
    ["c", 2, 0.125],
    ["d", 1, 0],
  ]);
  assert.deepEqual(attention_row(step.maps, 0, 0, 1), [0.2, 0.8]);
});

test("a row of a head's map ends at its own character", () => {
  // 2 layers, 3 heads, 4 characters; every number says where it stands
  const weights = Uint8Array.from({ length: 2 * 3 * 4 * 4 }, (_, index) => index);
  const maps = { shape: [2, 3, 4, 4], weights };
  for (const row of [0, 1, 3]) {
    const begin = ((1 * 3 + 2) * 4 + row) * 4;
    const expected = Array.from({ length: row + 1 }, (_, column) => (begin + column) / 255);
    assert.deepEqual(attention_row(maps, 1, 2, row), expected);
  }
});

test("the chosen row is in the middle of those seen, except at the ends", () => {
  assert.equal(window_start(10, 5, 100), 8);
  assert.equal(window_start(1, 5, 100), 0);
  assert.equal(window_start(99, 5, 100), 95);
  assert.equal(window_start(2, 5, 3), 0); // fewer than are seen
});

test("two texts part at the first character that differs, or where the first ends", () => {
  assert.equal(common_length("the king", "the queen"), 4);
  assert.equal(common_length("same", "same"), 4);
  assert.equal(common_length("so", "something"), 2);
  assert.equal(common_length("", "x"), 0);
});
