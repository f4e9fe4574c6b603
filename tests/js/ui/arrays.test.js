import assert from "node:assert/strict";
import test from "node:test";
import { bytes, floats, rows_of } from "aigc/ui/arrays.js";

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
