import assert from "node:assert/strict";
import test from "node:test";
import { scaled_name } from "aigc/maths/views/attention/formulas.js";
import { unpacked } from "aigc/maths/views/attention/packed.js";
import { parse_matrix, parse_number } from "aigc/maths/views/attention/parse.js";
import {
  attend,
  attention_weights,
  multiply,
  scaled_scores,
  transpose,
} from "aigc/maths/views/attention/scaled_dot_product.js";
import { sum } from "aigc/ui/arithmetic.js";
import { near } from "../near.js";

const PLAIN = { scaled: true, masked: false, temperature: 1 };
const SCORES = [
  [1, 2, 3],
  [0, -1, 4],
  [2, 2, 2],
];

test("a product with the identity changes nothing, and transposes in the other order", () => {
  const [a, b] = [parse_matrix("1 2 / 3 4 / 5 6"), parse_matrix("0 1 / -1 2")];
  assert.deepEqual(multiply(a, parse_matrix("1 0 / 0 1")), a);
  assert.deepEqual(transpose(multiply(a, b)), multiply(transpose(b), transpose(a)));
});

test("each row of weights is a distribution; the mask leaves nothing for what comes later", () => {
  for (const masked of [false, true])
    attention_weights(SCORES, 4, { ...PLAIN, masked }).forEach((row, i) => {
      near(sum(row), 1);
      if (masked) assert.deepEqual(row.slice(i + 1), Array(2 - i).fill(0));
    });
});

test("scores are divided by the root of d_k and by the temperature", () => {
  assert.deepEqual(scaled_scores(SCORES, 4, { ...PLAIN, temperature: 0.5 }), SCORES);
  assert.deepEqual(scaled_scores([[3]], 9, PLAIN), [[1]]);
  assert.deepEqual(scaled_scores([[3]], 9, { ...PLAIN, scaled: false }), [[3]]);
});

test("tokens that are alike are weighted alike, and the output is their mean", () => {
  const I = parse_matrix("1 0 / 0 1"),
    given = { X: parse_matrix("1 0 / 1 0 / 1 0"), W_Q: I, W_K: I, W_V: parse_matrix("3 4 / 5 6") };
  const { weights, output } = attend(given, PLAIN);
  for (const row of weights) for (const weight of row) near(weight, 1 / 3);
  for (const [first, second] of output) {
    near(first, 3);
    near(second, 4);
  }
});

test("the scaled scores are named by what divides them", () => {
  assert.equal(scaled_name(3, PLAIN), "QK^{T} / \\sqrt{3}");
  assert.equal(scaled_name(3, { ...PLAIN, temperature: 0.5 }), "QK^{T} / \\sqrt{3}\\cdot 0.50");
  assert.equal(scaled_name(3, { ...PLAIN, scaled: false }), "QK^{T}");
});

test("a packed tensor is read layer by layer and head by head", () => {
  const shape = [2, 3, 2, 4], // layers, heads, T, D
    numbers = Float32Array.from({ length: 48 }, (_, i) => i),
    float32 = Buffer.from(numbers.buffer).toString("base64");
  const read = unpacked({ float32, shape });
  assert.deepEqual(read(0, 0), [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ]);
  assert.deepEqual(read(1, 2), [
    [40, 41, 42, 43],
    [44, 45, 46, 47],
  ]);
});

test("a number is read as people type it, and what is none or too large is not", () => {
  assert.deepEqual([" 1.5", "−2", "-2", "0,5", "1000"].map(parse_number), [1.5, -2, -2, 0.5, 1000]);
  for (const typed of ["", "  ", "one", "1001", "1e9", "Infinity"])
    assert.ok(Number.isNaN(parse_number(typed)), typed);
});
