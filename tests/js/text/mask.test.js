// What is told of two networks in training.

import assert from "node:assert/strict";
import test from "node:test";
import { direction, losses } from "aigc/text/views/mask/value.js";

test("a head copies the answer when most of its weight is one place to the right", () => {
  assert.equal(direction({ offset: 1, share: 0.9 }), "copied");
  assert.equal(direction({ offset: 1, share: 0.5 }), "right");
  assert.equal(direction({ offset: 3, share: 0.9 }), "right");
  assert.equal(direction({ offset: -2, share: 0.9 }), "left");
  assert.equal(direction({ offset: 0, share: 0.9 }), "itself");
});

const value = /** @type {any} */ ({
  unigram: 3,
  curve: { steps: [1, 2, 3, 4, 5], masked: [5, 4, 3, 2, 1], unmasked: [5, 3, 1, 0.5, 0] },
  held_out: { steps: [2, 4], masked: [4.5, 2.5], unmasked: [4, 6] },
});
const column = (name, key) => losses(value, name).map((each) => each[key]);

test("a held-out loss is at the first step after it, and at the end", () => {
  assert.deepEqual(column("masked", "held_out"), [null, 4.5, null, 2.5, 2.5]);
  assert.deepEqual(column("unmasked", "held_out"), [null, 4, null, 6, 6]);
});

test("every step has its training loss, and the unigram loss", () => {
  assert.deepEqual(column("masked", "training"), [5, 4, 3, 2, 1]);
  assert.deepEqual(column("masked", "unigram"), Array(5).fill(3));
});

test("before the first evaluation there is no held-out loss", () => {
  const early = losses({ ...value, held_out: { steps: [], masked: [], unmasked: [] } }, "masked");
  assert.ok(early.every(({ held_out }) => held_out === null));
});
