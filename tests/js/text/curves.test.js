// The curves of surprise and of a training's loss.

import assert from "node:assert/strict";
import test from "node:test";
import { across, points_of, top_of } from "aigc/text/views/surprise/curves.js";
import { decades, loss_at, scales } from "aigc/text/views/training/curve.js";

test("the plot reaches up to an even number of bits that no curve exceeds", () => {
  assert.equal(top_of([[0.5], [3, 4]]), 4);
  assert.equal(top_of([[4.1]]), 6);
  assert.equal(top_of([]), 2);
});

test("a text's characters stand evenly from the left to the right", () => {
  assert.deepEqual(
    [0, 1, 2, 4].map((index) => across(index, 5)),
    [0, 25, 50, 100],
  );
  assert.equal(across(0, 1), 0);
});

test("a curve is drawn from the top left, and one character makes a line", () => {
  assert.equal(points_of([0, 4, 8], 8), "0,100 50,50 100,0");
  assert.equal(points_of([2], 8), "0,75 100,75");
});

const curve = { steps: [1, 10, 99], losses: [4, 2, 1] };

test("step 0 is the left end of a logarithmic axis and the last step its right", () => {
  const { x, y } = scales(curve);
  assert.deepEqual([x(0), x(99)], [0, 1]);
  assert.ok(Math.abs(x(9) - 0.5) < 1e-12);
  assert.deepEqual([y(4), y(2), y(0)], [0, 50, 100]);
});

test("the loss of a moment is the last that was noted until then, at the start the first", () => {
  assert.deepEqual(
    [0, 1, 9, 10, 50, 99, 1000].map((step) => loss_at(curve, step)),
    [4, 4, 4, 2, 2, 1, 1],
  );
});

test("the axis names the powers of ten up to the last step", () => {
  assert.deepEqual(decades(1), [1]);
  assert.deepEqual(decades(999), [1, 10, 100]);
  assert.deepEqual(decades(1000), [1, 10, 100, 1000]);
});
