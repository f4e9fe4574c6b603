// The curves of how far back the networks look, and the state of their units.

import assert from "node:assert/strict";
import test from "node:test";
import {
  above_floor,
  end_of,
  percent,
  scales,
  smooth,
  spread,
} from "aigc/text/views/memory/curve.js";
import { look_of, unpack } from "aigc/text/views/memory/units.js";

test("a constant stays one when it is smoothed, and a step is named by its middle", () => {
  const points = smooth(Array(200).fill(0.25));
  assert.ok(points.every(([, share]) => share === 0.25));
  assert.deepEqual(
    points.slice(0, 7).map(([distance]) => distance),
    [1, 2, 3, 4, 5, 6.5, 8.5],
  );
  assert.ok(points.at(-1)[0] <= 200);
});

test("the steps hold every character once: their means, by their sizes, sum to the whole", () => {
  const curve = Array.from({ length: 100 }, (_, i) => 2 ** -i);
  const sizes = [1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 10, 13, 17, 20, 1];
  const whole = smooth(curve).reduce((sum, [, mean], i) => sum + mean * sizes[i], 0);
  assert.ok(Math.abs(whole - 2) < 1e-12);
});

test("the scales put distance 1 and share 1 at the top left, and the least share at the floor", () => {
  const { x, y, lines } = scales(100);
  assert.equal(x(1), 0);
  assert.ok(Math.abs(x(10) - 50) < 1e-9);
  assert.equal(x(100), 100);
  assert.ok(y(1) === 0 && Math.abs(y(1e-5) - 100) < 1e-9);
  assert.equal(lines.length, 6);
  assert.ok(lines.every((share, i) => Math.abs(y(share) - 20 * i) < 1e-9));
});

test("a curve that falls through the floor ends where its line crosses it", () => {
  const points = above_floor([
    [1, 0.5],
    [10, 1e-4],
    [100, 1e-6],
    [200, 1e-7],
  ]);
  assert.equal(points.length, 3);
  // halfway, on both logarithmic axes, between 1e-4 and 1e-6, and between 10 and 100
  const { x, y } = end_of(points, scales(100));
  assert.ok(Math.abs(x - 75) < 1e-9 && y === 97);
  const whole = above_floor(points.slice(0, 2));
  assert.equal(whole.length, 2);
  assert.ok(Math.abs(end_of(whole, scales(100)).x - 50) < 1e-9);
  assert.ok(Number.isFinite(above_floor([[1, 0]])[0][1]) && above_floor([[1, 0]])[0][1] > 0);
});

test("names that would cover each other are moved up, others stay", () => {
  const found = spread([
    { name: "a", y: 97 },
    { name: "b", y: 96 },
    { name: "c", y: 20 },
  ]);
  assert.deepEqual(
    found.map(({ name, y }) => [name, y]),
    [
      ["a", 97],
      ["b", 89],
      ["c", 20],
    ],
  );
});

test("a power of ten is told in percent with no digit too many", () => {
  assert.deepEqual([1, 0.1, 0.01, 0.001, 1e-5].map(percent), [
    "100 %",
    "10 %",
    "1 %",
    "0.1 %",
    "0.001 %",
  ]);
});

test("a unit's state is between -1 and 1, by character and unit", () => {
  const int8 = Buffer.from(Int8Array.of(127, -127, 0, 64, -1, 100).buffer).toString("base64");
  const { T, N, at } = unpack({ shape: [2, 3], int8 });
  assert.deepEqual([T, N], [2, 3]);
  assert.deepEqual([at(0, 0), at(0, 1), at(0, 2)], [1, -1, 0]);
  assert.equal(at(1, 2), 100 / 127);
});

test("a character's tint tells the sign and what is strong", () => {
  assert.deepEqual([0.5, -0.5, 0.9, -0.9].map(look_of), [
    "cell up",
    "cell down",
    "cell up deep",
    "cell down deep",
  ]);
});
