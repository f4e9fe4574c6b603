// Numbers as text, and arrays as Python packs them.

import assert from "node:assert/strict";
import test from "node:test";
import { bytes, floats, rows_of } from "aigc/text/views/_shared/arrays.js";
import { clamp, fixed, percent, scientific, signed } from "aigc/text/views/_shared/figures.js";

const packed = (numbers, shape) => ({
  shape,
  float32: Buffer.from(Float32Array.from(numbers).buffer).toString("base64"),
});

test("what was packed as float32 comes out exactly, row after row", () => {
  const numbers = [0.5, -1, 2 ** -20, 3e8, 0, 1024];
  assert.deepEqual([...floats(packed(numbers, [6]))], numbers);
  assert.deepEqual(rows_of(packed(numbers, [2, 3])), [numbers.slice(0, 3), numbers.slice(3)]);
  assert.deepEqual(rows_of(packed(numbers, [3, 2]))[2], [0, 1024]);
  assert.deepEqual([...bytes("AP8B")], [0, 255, 1]);
});

test("a number has its digits, its thousands and a minus that is as wide as a plus", () => {
  assert.equal(fixed(1234.5, 2), "1,234.50");
  assert.equal(signed(-1.5), "−1.50");
  assert.equal(signed(-2, 0), "−2");
  assert.equal(signed(3), "3.00");
});

test("what is rounded to 0 has no sign", () => {
  assert.equal(signed(-0.001), "0.00");
  assert.equal(signed(-0), "0.00");
});

test("a small number is told by its power of ten, and stays what it is", () => {
  for (const x of [1.5e-7, -3.25e-5, 9.99e-4]) {
    const [mantissa, power] = scientific(x).replace("−", "-").split(" · 10^");
    assert.ok(Math.abs(Number(mantissa)) >= 1 && Math.abs(Number(mantissa)) < 10);
    assert.ok(Math.abs(Number(mantissa) * 10 ** Number(power) - x) <= 0.005 * 10 ** Number(power));
  }
  assert.equal(scientific(0), "0.0000");
  assert.equal(scientific(-0.25), "−0.2500");
});

test("a probability in percent is finer where it is small", () => {
  assert.equal(percent(1), "100 %");
  assert.equal(percent(0.25), "25 %");
  assert.equal(percent(0.05), "5.0 %");
  assert.equal(percent(0.0005), "0.050 %");
});

test("what is within a range stays, what is not goes to its nearer end", () => {
  assert.deepEqual(
    [-1, 0, 2, 5, 9].map((x) => clamp(x, 0, 5)),
    [0, 0, 2, 5, 5],
  );
});
