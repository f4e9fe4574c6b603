import assert from "node:assert/strict";
import test from "node:test";
import { parents_of } from "aigc/gan/views/mix/parents.js";

const table = { parents: 3, first: 10, second: 20 };

test("the corner has no seed, the first row is B, the first column is A", () => {
  assert.deepEqual(parents_of(0, table), { a: null, b: null });
  assert.deepEqual(
    [1, 2, 3].map((cell) => parents_of(cell, table)),
    [20, 21, 22].map((b) => ({ a: null, b })),
  );
  assert.deepEqual(
    [4, 8, 12].map((cell) => parents_of(cell, table)),
    [10, 11, 12].map((a) => ({ a, b: null })),
  );
});

test("a child has the parents at the head of its row and of its column", () => {
  const cells = Array.from({ length: 16 }, (_, cell) => parents_of(cell, table));
  cells.forEach(({ a, b }, cell) => {
    if (a !== null && b !== null)
      assert.deepEqual([a, b], [cells[cell - (cell % 4)].a, cells[cell % 4].b]);
  });
  assert.equal(new Set(cells.map(({ a, b }) => `${a} ${b}`)).size, 16);
});
