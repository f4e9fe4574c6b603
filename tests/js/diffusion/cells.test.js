// A grid of pictures: keys among the cells, and how far it is.

import assert from "node:assert/strict";
import test from "node:test";
import { next_cell, progress, same_cells } from "aigc/diffusion/views/grid/cells.js";

const COLUMNS = 3,
  COUNT = 6;
const OPPOSITE = {
  ArrowLeft: "ArrowRight",
  ArrowRight: "ArrowLeft",
  ArrowUp: "ArrowDown",
  ArrowDown: "ArrowUp",
};
const next = (at, key) => next_cell(at, key, COLUMNS, COUNT);

test("an arrow that leads to another cell is undone by its opposite", () => {
  for (let at = 0; at < COUNT; at++)
    for (const [key, back] of Object.entries(OPPOSITE))
      if (next(at, key) !== at) assert.equal(next(next(at, key), back), at);
});

test("arrows stop at the edges and do not go on in the next row", () => {
  assert.equal(next(2, "ArrowRight"), 2);
  assert.equal(next(3, "ArrowLeft"), 3);
  assert.equal(next(1, "ArrowUp"), 1);
  assert.equal(next(4, "ArrowDown"), 4);
  assert.equal(next(1, "ArrowDown"), 4);
});

test("in a single column the arrows left and right lead nowhere", () => {
  assert.equal(next_cell(1, "ArrowLeft", 1, 3), 1);
  assert.equal(next_cell(1, "ArrowRight", 1, 3), 1);
});

test("another key is not for the grid", () => {
  assert.equal(next(0, "Enter"), null);
});

test("progress counts the steps of all cells", () => {
  const cells = [{ steps: 5 }, { steps: 20 }];
  assert.deepEqual(progress({ cells, steps: [5, 1] }), { made: 6, total: 25 });
});

test("a grid that is only further has the same cells; another seed has not", () => {
  const grid = { model: "digits", cells: [{ seed: 1 }], steps: [0] };
  assert.ok(same_cells(grid, { ...grid, steps: [9] }));
  assert.ok(!same_cells(grid, { ...grid, cells: [{ seed: 2 }] }));
  assert.ok(!same_cells(grid, { ...grid, model: "emoji" }));
});
