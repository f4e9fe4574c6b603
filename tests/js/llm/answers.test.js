import assert from "node:assert/strict";
import test from "node:test";
import { parts_of } from "aigc/llm/views/finetune/answers.js";
import { interleaved } from "aigc/llm/views/hub/fill.js";

const together = (parts) => parts.map(({ text }) => text).join("");

test("the keyword is marked wherever it stands", () => {
  const parts = parts_of({
    answer: "love is love\n",
    spans: [
      [0, 4],
      [8, 12],
    ],
  });
  assert.equal(together(parts), "love is love");
  assert.deepEqual(
    parts.filter(({ is_marked }) => is_marked).map(({ text }) => text),
    ["love", "love"],
  );
});

test("a couplet is a line, and the last has no empty one after it", () => {
  const parts = parts_of({ answer: "明月光，地上霜。举头望，低头思。", spans: [[0, 2]] });
  assert.equal(together(parts), "明月光，地上霜。\n举头望，低头思。");
  assert.equal(together(parts_of({ answer: "", spans: [] })), "");
});

test("what is filled in stands between the parts", () => {
  assert.deepEqual(interleaved(["a", "b", "c"], [1, 2]), ["a", 1, "b", 2, "c"]);
  assert.deepEqual(interleaved(["a"], []), ["a"]);
});
