import assert from "node:assert/strict";
import test from "node:test";
import { between, ink } from "aigc/vae/views/emoji/latent_maps.js";

test("the ends of the line are the two numbers, and the middle is their mean", () => {
  assert.equal(between(-120, 300, 0), -120);
  assert.equal(between(-120, 300, 1), 300);
  assert.equal(between(-120, 300, 0.5), 90);
});

test("a number has its sign's colour, the more of it the further from 0", () => {
  assert.deepEqual(ink(1.25), { colour: "--latent", opacity: 0.5 });
  assert.deepEqual(ink(-1.25), { colour: "--noise", opacity: 0.5 });
  assert.equal(ink(0).opacity, 0);
  assert.equal(ink(-9).opacity, 1);
});
