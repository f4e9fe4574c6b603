// Where a result of latent diffusion comes from.

import assert from "node:assert/strict";
import test from "node:test";
import { origin, places_of } from "aigc/diffusion/views/emoji/origin.js";

const red = { word: "red", taught: ["🍎", "🚗"] },
  cat = { word: "cat", taught: ["🐱"] };

test("one word shows the emoji that taught it", () => {
  assert.deepEqual(origin([red], ["🍎"]), { key: "alone", emoji: ["🍎", "🚗"] });
});

test("several words show what they name together, where there is anything", () => {
  assert.deepEqual(origin([red, cat], ["😻"]), { key: "together", emoji: ["😻"] });
  assert.deepEqual(origin([red, cat], []), { key: "never", emoji: [] });
});

test("the maps of all pictures fill a sheet without a gap", () => {
  const all = [0, 1, 2].flatMap((picture) => places_of(picture, 4));
  assert.deepEqual(all, [...Array(12).keys()]);
});
