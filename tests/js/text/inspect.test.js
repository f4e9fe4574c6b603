// From logits to a token in the browser, and the texts that branch from one another.

import assert from "node:assert/strict";
import test from "node:test";
import {
  add_branch,
  beginning,
  extend,
  position_of,
  spelt,
  telling_position,
  unpack,
} from "aigc/text/views/inspect/branches.js";
import { bar_of, shown_ranks } from "aigc/text/views/inspect/candidates.js";
import { verdict } from "aigc/text/views/inspect/draw.js";
import {
  next_token_distribution,
  ranking,
  sample,
  segments,
} from "aigc/text/views/inspect/sampling.js";

const OPEN = { temperature: 1, top_k: 0, top_p: 1, min_p: 0 };
// whose softmax is known: probabilities 1/8, 1/2, 1/8, 1/4
const Z = Float32Array.from([1, 3, 1, 2].map((power) => power * Math.LN2));
const close = (found, expected) =>
  expected.forEach((p, i) => {
    assert.ok(Math.abs(found[i] - p) < 1e-6, `${[...found]}`);
  });
const drawn = (changes) => next_token_distribution(Z, ranking(Z), { ...OPEN, ...changes });
const base64 = (array) => Buffer.from(array.buffer).toString("base64");

test("tokens are ranked by their logits, equals by their number", () => {
  assert.deepEqual([...ranking(Z)], [1, 3, 0, 2]);
});

test("at temperature 1 and without cuts, q = p = softmax(z)", () => {
  const { probs, filtered_probs, left } = drawn({});
  close(probs, [1 / 2, 1 / 4, 1 / 8, 1 / 8]);
  close(filtered_probs, [1 / 2, 1 / 4, 1 / 8, 1 / 8]);
  close([left], [1]);
});

test("temperature divides the logits: at 1/2 probabilities are squared, and then sum to 1", () => {
  const squares = [16, 4, 1, 1].map((square) => square / 22);
  close(drawn({ temperature: 0.5 }).probs, squares);
  // z is single precision: nearly equal at a temperature without end
  close(drawn({ temperature: 1e9 }).probs, [0.25, 0.25, 0.25, 0.25]);
});

test("each cut keeps what it says, and what is kept sums to 1 again", () => {
  close(drawn({ top_k: 1 }).filtered_probs, [1, 0, 0, 0]);
  close(drawn({ top_k: 2 }).filtered_probs, [2 / 3, 1 / 3, 0, 0]);
  close(drawn({ top_p: 0.5 }).filtered_probs, [1, 0, 0, 0]);
  close(drawn({ top_p: 0.7 }).filtered_probs, [2 / 3, 1 / 3, 0, 0]);
  close(drawn({ min_p: 0.4 }).filtered_probs, [2 / 3, 1 / 3, 0, 0]);
  close([drawn({ top_k: 2 }).left], [3 / 4]);
  // top-p is of what top-k left: of 1/2 and 1/4 the first has two thirds
  close(drawn({ top_k: 2, top_p: 0.6 }).filtered_probs, [1, 0, 0, 0]);
});

test("what has no logit of its own takes its part of the probability", () => {
  const z = Object.assign([Math.LN2, 0], { beyond: () => 0.5 }); // weights 1, 1/2, and 1/2
  close(next_token_distribution(z, Uint32Array.of(0, 1), OPEN).probs, [0.5, 0.25]);
});

test("a random number falls on the rank whose part of the line it is in", () => {
  const filtered_probs = Float64Array.of(0.5, 0.25, 0.25, 0);
  for (const [u, rank] of [
    [0, 0],
    [0.4999, 0],
    [0.5, 1],
    [0.75, 2],
    [0.999999, 2],
  ])
    assert.equal(sample(filtered_probs, u).rank, rank);
  assert.deepEqual(sample(filtered_probs, 0.6), { rank: 1, from: 0.5, to: 0.75 });
});

test("the line's segments cover it end to end, unnamed neighbours as one", () => {
  const found = segments(Float64Array.of(0.5, 0.25, 0.125, 0.0625, 0.0625, 0), [0, 3]);
  assert.deepEqual(
    found.map(({ r, named }) => [r, named]),
    [
      [0, true],
      [1, false],
      [3, true],
      [4, false],
    ],
  );
  let end = 0;
  for (const { from, q } of found) {
    assert.equal(from, end);
    end += q;
  }
  assert.equal(end, 1);
});

test("logits come all, or the likeliest with what the others weigh at each temperature", () => {
  assert.deepEqual([...unpack(base64(Z)).z], [...Z]);
  const { z, likeliest } = unpack({
    tokens: base64(Int32Array.of(70_000, 5)),
    z: base64(Float32Array.of(2, 1)),
    rest: base64(Float32Array.of(0.25, 0.5, 0.75)),
  });
  assert.deepEqual([...likeliest], [70_000, 5]);
  assert.deepEqual([z[70_000], z[5]], [2, 1]);
  assert.deepEqual([0.1, 0.15, 0.2].map(z.beyond), [0.25, 0.5, 0.75]);
});

// A text "ba" of a model of four characters, both drawn at u = 0.6, which falls on "d".
const value = (changes = {}) => ({
  model: "LSTM",
  prompt: "",
  seed: 1,
  sampling: OPEN,
  alphabet: { 0: "a", 1: "b", 2: "c", 3: "d" },
  numbers: [0.6, 0.6, 0.6],
  tokens: [1, 0],
  start: 0,
  logits: [base64(Z), base64(Z)],
  finished: true,
  ...changes,
});
const request = (from, position, character) => ({
  from,
  position,
  character,
  key: null,
  branch: null,
});
function grown(branches, found, wish) {
  const branch = add_branch(branches, found, wish);
  extend(branch, found);
  return branch;
}

test("a branch stands under its parent, after its elder sisters, and shares their beginning", () => {
  const branches = [];
  const root = grown(branches, value(), request(null, 0, null));
  const other = grown(branches, value(), request(null, 0, null));
  const elder = grown(
    branches,
    value({ tokens: [1, 2], start: 2, logits: [] }),
    request(root, 1, 2),
  );
  const child = grown(branches, value({ start: 2, logits: [] }), request(elder, 1, 0));
  const younger = grown(branches, value({ start: 1, logits: [base64(Z)] }), request(root, 0, "b"));
  assert.deepEqual(
    branches.map((branch) => [root, elder, child, younger, other].indexOf(branch)),
    [0, 1, 2, 3, 4],
  );
  assert.deepEqual(
    [root, elder, child].map(({ depth }) => depth),
    [0, 1, 2],
  );
  assert.deepEqual(elder.title, [1, "c"]);
  assert.deepEqual([...elder.chosen], [1]);
  assert.deepEqual(elder.logits, root.logits);
  assert.equal(younger.logits.length, 2);
});

test("a position's draw is its random number's, at the sampling that holds", () => {
  const branch = grown([], value(), request(null, 0, null));
  const { order, rank } = position_of(branch, 0, OPEN);
  assert.equal(branch.alphabet[order[rank]], "d");
  const cut = position_of(branch, 0, { ...OPEN, top_k: 1 });
  assert.equal(cut.order[cut.rank], 1);
});

test("the view opens at the first draw that was not the likeliest, with something cut off", () => {
  const branch = grown([], value({ numbers: [0.1, 0.7] }), request(null, 0, null));
  assert.equal(telling_position(branch, { ...OPEN, top_k: 2 }, 2), 1);
  assert.equal(telling_position(branch, OPEN, 2), 0); // nothing is cut off anywhere
});

test("a branch begins with a text, or with tokens of which the last may be typed", () => {
  const branch = grown([], value(), request(null, 0, null));
  assert.equal(spelt(branch), "ba");
  assert.equal(beginning(branch, 1, "c", false), "bc");
  assert.equal(beginning(branch, 1, null, false), "b");
  assert.equal(beginning(null, 0, null, false), "");
  assert.deepEqual(beginning(branch, 1, "yes", true), [1, "yes"]);
  assert.deepEqual(beginning(branch, 1, null, true), [1]);
  assert.deepEqual(beginning(null, 0, null, true), []);
});

test("the likeliest have rows, and those that are asked for whatever their rank", () => {
  assert.deepEqual(shown_ranks(4, 9, [0, 2]), [0, 1, 2, 3]);
  assert.deepEqual(shown_ranks(4, 9, [8, 6]), [0, 1, 6, 8]);
  assert.deepEqual(shown_ranks(4, 9, [7, 7]), [0, 1, 2, 7]);
  assert.deepEqual(shown_ranks(4, 3, [1, 2]), [0, 1, 2]);
});

test("a logit's bar goes from 0 to it, whichever its sign", () => {
  assert.deepEqual(bar_of(2, -2, 2), [0.5, 0.5]);
  assert.deepEqual(bar_of(-2, -2, 2), [0, 0.5]);
  assert.deepEqual(bar_of(0, 0, 0), [0, 0]);
});

test("a choice and a random number agree or do not", () => {
  assert.deepEqual(
    [verdict(true, true), verdict(true, false), verdict(false, true), verdict(false, false)],
    ["agreed", "chosen", "falls", "would"],
  );
});
