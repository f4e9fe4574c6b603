import assert from "node:assert/strict";
import test from "node:test";
import { moved } from "aigc/ui/keyboard_pen.js";
import { inside, points_between } from "aigc/ui/shape_input.js";

test("a stroke's points are even, 0.06 to 0.12 apart, and end where it ends", () => {
  for (const far of [0.06, 0.1, 1, 2.5]) {
    const points = points_between([0, 0], [far, 0]);
    assert.deepEqual(points.at(-1), [far, 0]);
    const gaps = points.map(([x], i) => x - (points[i - 1]?.[0] ?? 0));
    for (const gap of gaps) assert.ok(gap > 0.059 && gap < 0.121, `${gap}`);
    assert.ok(Math.max(...gaps) - Math.min(...gaps) < 0.0021); // three digits
  }
});

test("a touch without a way is one point", () => {
  assert.deepEqual(points_between([1, -1], [1, -1]), [[1, -1]]);
});

test("a stroke that leaves the plane stays on its edge", () => {
  assert.deepEqual(inside([3.2, -9]), [3, -3]);
  assert.deepEqual(points_between([3, 0], [5, 0]).at(-1), [3, 0]);
});

test("arrow keys move the pen a step, with Shift four, and never off the sheet", () => {
  assert.deepEqual(moved([0.5, 0.5], "ArrowUp"), [0.5, 0.47]);
  const [x, y] = moved([0.5, 0.5], "ArrowRight", true);
  assert.ok(Math.abs(x - 0.62) < 1e-12 && y === 0.5);
  assert.deepEqual(moved([1, 0], "ArrowRight", true), [1, 0]);
  assert.deepEqual(moved([0.3, 0.2], " "), [0.3, 0.2]);
  assert.equal(moved([0.3, 0.2], "a"), null);
});
