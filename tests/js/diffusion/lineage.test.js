// The lineage of a variation.

import assert from "node:assert/strict";
import test from "node:test";
import { ancestors, child, choices } from "aigc/diffusion/views/variations/lineage.js";

test("the seed's own picture has no choices and no ancestors", () => {
  assert.deepEqual(choices(""), []);
  assert.deepEqual(ancestors(""), []);
});

test("a child has one choice more, and its last ancestor is its parent", () => {
  let lineage = "";
  for (const index of [4, 1, 9]) {
    const next = child(lineage, 0.6, index);
    assert.equal(choices(next).length, choices(lineage).length + 1);
    assert.equal(choices(next).at(-1), `0.6:${index}`);
    assert.equal(ancestors(next).at(-1), lineage);
    lineage = next;
  }
  assert.equal(ancestors(lineage)[0], "");
});
