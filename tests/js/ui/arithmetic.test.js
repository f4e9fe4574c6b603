import assert from "node:assert/strict";
import test from "node:test";
import { clamp, linspace, ranking, replaced } from "aigc/ui/arithmetic.js";

test("a range is cut into equal steps and holds what is inside it", () => {
  assert.deepEqual(linspace([-1, 1], 5), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(
    [-3, 0.5, 3].map((each) => clamp(each, [0, 1])),
    [0, 0.5, 1],
  );
});

test("values are replaced in a copy and ranked from the largest", () => {
  const values = [1, 5, 3];
  assert.deepEqual(replaced(values, 1, 0), [1, 0, 3]);
  assert.deepEqual(ranking(values), [1, 2, 0]);
  assert.deepEqual(values, [1, 5, 3]);
});
