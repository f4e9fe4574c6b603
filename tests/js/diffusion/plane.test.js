// The plane's arrows and its levels.

import assert from "node:assert/strict";
import test from "node:test";
import { cell_at, head_of, lattice } from "aigc/diffusion/views/plane/layers.js";
import { level_of } from "aigc/diffusion/views/plane/scene.js";

const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("the lattice is symmetric, begins at the top left and is read row by row", () => {
  assert.equal(lattice.length, 15 ** 2);
  const [first, second] = lattice;
  close(first[0], -2.8);
  close(first[1], 2.8);
  close(second[1], first[1]);
  close(second[0] - first[0], 0.4);
  for (const axis of [0, 1])
    close(
      lattice.reduce((sum, place) => sum + place[axis], 0),
      0,
    );
});

test("a place's cell is counted from the top left", () => {
  const map = [...Array(1600).keys()];
  assert.equal(cell_at(map, [-2.99, 2.99]), 0);
  assert.equal(cell_at(map, [2.99, 2.99]), 39);
  assert.equal(cell_at(map, [-2.99, -2.99]), 39 * 40);
  assert.equal(cell_at(map, [0.01, -0.01]), 20 * 40 + 20);
});

test("an arrow's head lies behind its tip, on both sides alike", () => {
  const [left, right] = head_of([0, 0], [100, 0]);
  assert.ok(left[0] < 100 && left[0] > 0);
  close(left[0], right[0]);
  close(left[1], -right[1]);
  assert.ok(Math.abs(left[1]) > 1);
});

test("the head of a short arrow is shorter than the arrow", () => {
  for (const end of head_of([0, 0], [0, 4])) assert.ok(Math.hypot(end[0], end[1] - 4) < 4);
});

test("levels begin at u = 1, where t = 0, and end at u = 1000", () => {
  assert.equal(level_of(0, 21), 0);
  assert.equal(level_of(1, 21), 0);
  assert.equal(level_of(1000, 21), 20);
  close(level_of(500.5, 21), 10);
});
