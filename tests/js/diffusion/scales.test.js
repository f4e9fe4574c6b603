// Scales of the chart of quality.

import assert from "node:assert/strict";
import test from "node:test";
import { ends, log_scale, nearest, ticks } from "aigc/diffusion/views/digits/scales.js";

test("a logarithmic scale turns equal ratios into equal distances", () => {
  const x = log_scale(1, 100);
  assert.equal(x(1), 0);
  assert.equal(x(100), 100);
  assert.ok(Math.abs(x(10) - 50) < 1e-9);
  assert.ok(Math.abs(x(40) - x(20) - (x(8) - x(4))) < 1e-9);
});

test("what lies beyond the ends of a scale stands at its end", () => {
  const x = log_scale(2, 50);
  assert.equal(x(0.001), 0);
  assert.equal(x(1e6), 100);
});

test("ticks are 1, 2 and 5 times the powers of ten between the ends, both included", () => {
  assert.deepEqual(ticks(1, 10), [1, 2, 5, 10]);
  assert.deepEqual(ticks(0.15, 3), [0.2, 0.5, 1, 2]);
  assert.deepEqual(ticks(6, 9), []);
});

test("an axis has room above and below, and none for zeros", () => {
  const [low, high] = ends([0, 10, 40]);
  assert.ok(0 < low && low < 10);
  assert.ok(high > 40);
});

test("the nearest point is the one of the nearest ratio, not of the smallest difference", () => {
  const points = [
    [1, 8],
    [10, 5],
    [100, 3],
  ];
  assert.deepEqual(nearest(points, 4), [10, 5]); // 10/4 is a smaller ratio than 4/1
  assert.deepEqual(nearest(points, 3), [1, 8]);
  assert.deepEqual(nearest(points, 5000), [100, 3]);
});
