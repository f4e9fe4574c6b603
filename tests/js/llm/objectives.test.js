import assert from "node:assert/strict";
import test from "node:test";
import {
  bars_of,
  frames_of,
  guess_at,
  made_by,
  marked,
  words_of,
} from "aigc/llm/views/objectives/guesses.js";

const guess = (place, order, target_rank = 0) => ({
  place,
  order,
  target_rank,
  likeliest: [["x", 0.5]],
  right: 0.1,
});
const one_by_one = { name: "XLNet", guesses: [guess(4, 0), guess(2, 1)] };
const at_once = { name: "BERT", guesses: [guess(2, 0), guess(4, 0)] };

test("the words are put together of their tokens, a shared character once", () => {
  const value = {
    pieces: [
      ["to", 0],
      [" be", 1],
      [" 😀", 2],
      [" 😀", 2],
    ],
    begins: [0, 2, 5, 5],
  };
  const texts = words_of(value);
  assert.deepEqual([...texts.values()], ["to", " be", " 😀"]);
  assert.equal(marked(texts, new Set()), "to be 😀");
  assert.equal(marked(texts, new Set([1])), "to [be] 😀");
});

test("a model that guesses one by one shows each at its frame, and stays at its last", () => {
  assert.equal(frames_of([one_by_one, at_once]), 3);
  assert.deepEqual(
    [0, 1, 2, 7].map((frame) => guess_at(one_by_one, frame)?.place ?? null),
    [null, 4, 2, 2],
  );
  assert.deepEqual(
    [0, 1, 2].map((frame) => made_by(one_by_one, frame).length),
    [0, 1, 2],
  );
});

test("a model that guesses all at once has made them at the first frame", () => {
  assert.deepEqual(
    [0, 1, 2].map((frame) => made_by(at_once, frame).length),
    [0, 2, 2],
  );
  assert.equal(guess_at(at_once, 2).place, 2);
});

test("where nothing is hidden there is one frame, without a guess", () => {
  const model = { name: "GPT", guesses: [] };
  assert.equal(frames_of([model]), 1);
  assert.equal(guess_at(model, 3), null);
});

test("the right token is always among the bars, and marked", () => {
  assert.deepEqual(bars_of(guess(0, 0), "x"), [["x", 0.5, true]]);
  assert.deepEqual(bars_of(guess(0, 0, -1), "y"), [
    ["x", 0.5, false],
    ["y", 0.1, true],
  ]);
});
