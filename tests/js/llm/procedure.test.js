import assert from "node:assert/strict";
import test from "node:test";
import { context_of, neighbour, visible } from "aigc/llm/views/procedure/batch.js";
import { guesses_of } from "aigc/llm/views/procedure/steps.js";

const sequences = [["to ", "be"], ["or"], ["not ", "to ", "be"]];

test("arrow keys walk through the whole batch and stop at its ends", () => {
  let at = { row: 0, place: 0 };
  const seen = [at];
  for (let i = 0; i < 5; i++) {
    at = neighbour(sequences, at, 1);
    seen.push(at);
  }
  assert.deepEqual(
    seen.map(({ row, place }) => sequences[row][place]).join("|"),
    sequences.flat().join("|"),
  );
  assert.deepEqual(neighbour(sequences, at, 1), at);
  assert.deepEqual(neighbour(sequences, { row: 1, place: 0 }, -1), { row: 0, place: 1 });
  assert.deepEqual(neighbour(sequences, { row: 0, place: 0 }, -1), { row: 0, place: 0 });
});

test("a token's context is its own sequence up to it, characters counted as Python does", () => {
  const text = "😀 be\nor not";
  const spans = [
    [
      [0, 2],
      [2, 4],
    ],
    [
      [5, 7],
      [7, 11],
    ],
  ];
  assert.equal(context_of({ text, spans }, { row: 0, place: 1 }), "😀 ");
  assert.equal(context_of({ text, spans }, { row: 1, place: 1 }), "or");
  assert.equal(context_of({ text, spans }, { row: 1, place: 0 }), "");
});

test("the target is among the guesses, once and marked", () => {
  const step = {
    sequences: [["a", " b"]],
    likeliest: [
      [
        [
          ["a", 0.6],
          ["c", 0.3],
        ],
        [
          ["a", 0.7],
          ["c", 0.2],
        ],
      ],
    ],
    target_rank: [[0, -1]],
    right: [[0.6, 0.01]],
  };
  assert.deepEqual(guesses_of(step, { row: 0, place: 0 }), [
    ["a", 0.6, true],
    ["c", 0.3, false],
  ]);
  assert.deepEqual(guesses_of(step, { row: 0, place: 1 }).at(-1), ["␣b", 0.01, true]);
});

test("blanks can be seen", () => assert.equal(visible("a b\n"), "a␣b↵"));
