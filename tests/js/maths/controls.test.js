import assert from "node:assert/strict";
import test from "node:test";
import { next_option } from "aigc/maths/views/_shared/controls.js";

test("arrow keys lead through all options and around; up and down by a row", () => {
  assert.equal(next_option("ArrowRight", 3, 4, 2), 0);
  assert.equal(next_option("ArrowLeft", 0, 4, 2), 3);
  assert.equal(next_option("ArrowDown", 1, 4, 2), 3);
  assert.equal(next_option("ArrowUp", 1, 4, 2), 3);
  assert.equal(next_option("Enter", 1, 4, 2), null);
  assert.equal(next_option("ArrowUp", -1, 4, 2), null);
});
