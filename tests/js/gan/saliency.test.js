import assert from "node:assert/strict";
import test from "node:test";
import { ink } from "aigc/gan/views/critic/saliency.js";

test("a pixel speaks for the class, against it, or not at all", () => {
  assert.deepEqual(ink(100), { colour: "--data", opacity: 1 });
  assert.deepEqual(ink(-100), { colour: "--generated", opacity: 1 });
  assert.equal(ink(0).opacity, 0);
});

test("for and against are equally strong at equal slopes", () => {
  for (const slope of [1, 25, 70]) assert.equal(ink(slope).opacity, ink(-slope).opacity);
});
