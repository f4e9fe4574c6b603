import assert from "node:assert/strict";
import test from "node:test";
import { has_progress, state_of } from "aigc/ui/hub.js";

const size = 500_000_000;
const look = 20_000; // bytes of configurations, which the look alone brings

test("an offer is here, coming, begun, offered or absent", () => {
  assert.equal(state_of({ here: true, size, done: size }, true), "here");
  assert.equal(state_of({ size, done: 0 }, false), "coming");
  assert.equal(state_of({ size, done: size / 2 }, true), "part");
  assert.equal(state_of({ size, done: look }, true), "offered");
  assert.equal(state_of({ size: 0 }, true), "absent");
});

test("how far it is, is told of what is coming and of what was begun", () => {
  assert.ok(has_progress({ size, done: look }, false));
  assert.ok(has_progress({ size, done: size / 2 }, true));
  assert.ok(!has_progress({ size, done: look }, true));
  assert.ok(!has_progress({ size, done: 0 }, false));
  assert.ok(!has_progress({ size, done: size, here: true }, false));
  assert.ok(!has_progress({ size, done: size }, true));
});
