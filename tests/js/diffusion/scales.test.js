// The range of the chart of quality.

import assert from "node:assert/strict";
import test from "node:test";
import { ends, nearest } from "aigc/diffusion/views/digits/scales.js";

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
