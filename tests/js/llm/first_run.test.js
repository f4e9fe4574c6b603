import assert from "node:assert/strict";
import test from "node:test";
import { first_run } from "aigc/llm/views/hub/first_run.js";

/** A page whose drawings are drawn when `draw` is called, and which notes what is pressed. */
function page() {
  const pressed = [],
    waiting = [];
  globalThis.window = {
    aigc: { drawn: () => new Promise((resolve) => waiting.push(resolve)) },
  };
  globalThis.document = { querySelector: (place) => ({ click: () => pressed.push(place) }) };
  const draw = async () => {
    for (const resolve of waiting.splice(0)) resolve();
    await new Promise(setImmediate);
  };
  return { pressed, draw };
}

test("a task is run once with each model, when its drawing is there", async () => {
  const { pressed, draw } = page();
  first_run("write", "one/model");
  await new Promise(setImmediate);
  assert.deepEqual(pressed, []);
  await draw();
  first_run("write", "one/model");
  await draw();
  assert.deepEqual(pressed, ["#hub-write-run"]);
  first_run("write", "another/model");
  await draw();
  assert.deepEqual(pressed, ["#hub-write-run", "#hub-write-run"]);
});

test("of two models that are picked one after the other the last alone is run", async () => {
  const { pressed, draw } = page();
  first_run("fill", "one/model");
  first_run("fill", "another/model");
  await draw();
  assert.deepEqual(pressed, ["#hub-fill-run"]);
});

test("nothing is run without a model, of the table, and of a conversation", async () => {
  const { pressed, draw } = page();
  first_run("next", "");
  first_run("table", "one/model");
  first_run("chat", "one/model");
  first_run(null, "one/model");
  await draw();
  assert.deepEqual(pressed, []);
});
