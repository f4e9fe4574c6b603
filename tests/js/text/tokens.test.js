// How a text falls into tokens, and a poem into verses.

import assert from "node:assert/strict";
import test from "node:test";
import { verses } from "aigc/text/views/poems/verses.js";
import { spans } from "aigc/text/views/tokens/chips.js";

// "aabaab": merge 1 ties a+a twice, merge 2 ties aa+b twice; the two words never meet
const JOINED = [null, 1, 2, null, 1, 2];
const pieces = (k) => spans(JOINED, k).map(({ start, end }) => "aabaab".slice(start, end));

test("after k merges a token begins wherever none of them has tied", () => {
  assert.deepEqual(pieces(0), ["a", "a", "b", "a", "a", "b"]);
  assert.deepEqual(pieces(1), ["aa", "b", "aa", "b"]);
  assert.deepEqual(pieces(2), ["aab", "aab"]);
});

test("what the last merge made is fresh, and what the next one will tie is marked on both sides", () => {
  const marks = (k, key) => spans(JOINED, k).map((span) => span[key]);
  assert.deepEqual(marks(0, "fresh"), Array(6).fill(false));
  assert.deepEqual(marks(1, "fresh"), [true, false, true, false]);
  assert.deepEqual(marks(0, "next"), [true, true, false, true, true, false]);
  assert.deepEqual(marks(1, "next"), [true, true, true, true]);
  assert.deepEqual(marks(2, "next"), [false, false]);
});

test("the tokens are the text, whatever is merged", () => {
  for (const k of [0, 1, 2, 9]) assert.equal(pieces(k).join(""), "aabaab");
});

test("two lines make a verse, with their marks; a line without its second has none yet", () => {
  assert.deepEqual(verses(["一", "二", "三", "四"]), [
    ["一，", "二。"],
    ["三，", "四。"],
  ]);
  assert.deepEqual(verses(["一", "二", "三"]).at(-1), ["三"]);
  assert.deepEqual(verses([]), []);
  assert.deepEqual(verses(["一", ""]), [["一，", "。"]]);
});
