// The curves of surprise and of a training's loss.

import assert from "node:assert/strict";
import test from "node:test";
import { points_of, top_of } from "aigc/text/views/surprise/curves.js";
import { loss_at } from "aigc/text/views/training/curve.js";

test("the plot reaches up to an even number of bits that no curve exceeds", () => {
  assert.equal(top_of([[0.5], [3, 4]]), 4);
  assert.equal(top_of([[4.1]]), 6);
  assert.equal(top_of([]), 2);
});

test("a curve has a point a character, and one character makes a line", () => {
  assert.deepEqual(points_of([0, 4, 8]), [
    [0, 0],
    [1, 4],
    [2, 8],
  ]);
  assert.deepEqual(points_of([2]), [
    [0, 2],
    [1, 2],
  ]);
});

const curve = { steps: [1, 10, 99], losses: [4, 2, 1] };

test("the loss of a moment is the last that was noted until then, at the start the first", () => {
  assert.deepEqual(
    [0, 1, 9, 10, 50, 99, 1000].map((step) => loss_at(curve, step)),
    [4, 4, 4, 2, 2, 1, 1],
  );
});
