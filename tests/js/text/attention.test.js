// What the view of the heads computes of the numbers that Python sends.

import assert from "node:assert/strict";
import test from "node:test";
import { comment } from "aigc/text/views/attention/ablation.js";
import { habits, largest, row_of, sum_in_words, unpack } from "aigc/text/views/attention/value.js";

const packed = (shape, numbers) => ({
  shape,
  float32: Buffer.from(Float32Array.from(numbers).buffer).toString("base64"),
});

test("scores are divided by the root of the vectors' length, and the future is hidden", () => {
  const head = unpack({
    text: ["a", "b"],
    layer: 2,
    head: 1,
    off: [],
    left_out: 0,
    maps: {
      shape: [2, 1, 2, 2],
      uint8: Buffer.from([255, 0, 1, 2, 3, 4, 5, 6]).toString("base64"),
    },
    scores: packed([2, 2], [2, 4, 6, 8]),
    weights: packed([2, 2], [1, 0, 0.5, 0.5]),
    values: packed([2, 4], [1, 2, 3, 4, 5, 6, 7, 8]),
    output: packed([2, 4], [1, 2, 3, 4, 3, 4, 5, 6]),
  });
  assert.deepEqual([...head.scaled], [1, -Infinity, 3, 4]);
  assert.deepEqual([head.layers, head.H, head.T, head.D], [2, 1, 2, 4]);
  assert.deepEqual([head.layer, head.head], [1, 0]);
  assert.deepEqual([...head.values], [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(head.maps[7], 6);
});

// Three characters, each of which gives all its weight to one place.
const sharp = (places) => ({
  T: places.length,
  weights: Float32Array.from(places.flatMap((at) => places.map((_, j) => +(j === at)))),
});

test("a head that looks at the previous character does so, one back", () => {
  assert.deepEqual(habits(sharp([0, 0, 1, 2])), { previous: 1, self: 0, distance: 1 });
});

test("a head that looks at itself, and one that looks at the first character", () => {
  assert.deepEqual(habits(sharp([0, 1, 2, 3])), { previous: 0, self: 1, distance: 0 });
  assert.equal(habits(sharp([0, 0, 0, 0])).distance, (1 + 2 + 3) / 3);
  assert.deepEqual(habits(sharp([0])), { previous: 0, self: 0, distance: 0 });
});

test("a row ends with the character that asks", () => {
  assert.deepEqual(row_of(sharp([0, 1, 1]), 1), [0, 1]);
  assert.equal(row_of(sharp([0, 1, 1]), 2).length, 3);
});

test("the largest number is the one that is furthest from 0, infinity left out", () => {
  assert.equal(largest(Float32Array.of(1, -3, 2, -Infinity)), 3);
  assert.ok(largest(Float32Array.of(0, 0)) > 0); // it is divided by
});

test("a sum names its strongest terms, the largest first, and says when there are more", () => {
  const head = {
    T: 4,
    D: 2,
    weights: Float32Array.of(1, 0, 0, 0, 0.25, 0.75, 0, 0, 0, 0, 1, 0, 0.125, 0.5, 0.125, 0.25),
    values: Float32Array.of(1, -2, 3, -4, 5, 6, 7, 8),
  };
  assert.equal(sum_in_words(head, 1, 0), "0.75 · 3.00 + 0.25 · 1.00");
  assert.equal(sum_in_words(head, 1, 1), "0.75 · (−4.00) + 0.25 · (−2.00)");
  assert.match(sum_in_words(head, 3, 0, 2), /^0\.50 · 3\.00 \+ 0\.25 · 7\.00 \+ …$/);
});

test("it is said whether no head is off, some, or all", () => {
  assert.deepEqual([comment(0, 8), comment(3, 8), comment(8, 8)], ["none", "some", "silence"]);
});
