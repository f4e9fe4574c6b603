import assert from "node:assert/strict";
import test from "node:test";
import { neighbour } from "aigc/gan/views/_shared/table.js";

test("an arrow key leads to the next cell of the row, or of the column", () => {
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
  assert.deepEqual(
    keys.map((key) => neighbour(7, key, 5)),
    [6, 8, 2, 12],
  );
});

test("a row's end is no way to the next row", () => {
  assert.equal(neighbour(4, "ArrowRight", 5), 4);
  assert.equal(neighbour(5, "ArrowLeft", 5), 5);
  assert.ok(neighbour(2, "ArrowUp", 5) < 0);
});

test("there and back again is the same cell", () => {
  const back = { ArrowLeft: "ArrowRight", ArrowUp: "ArrowDown" };
  for (const [key, other] of Object.entries(back))
    assert.equal(neighbour(neighbour(12, key, 5), other, 5), 12);
});

test("other keys lead nowhere", () => assert.equal(neighbour(0, "Tab", 5), null));
