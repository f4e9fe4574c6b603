// The curves of how far back the networks look, and the state of their units.

import assert from "node:assert/strict";
import test from "node:test";
import { above_floor, end_of, LEAST, smooth } from "aigc/text/views/memory/curve.js";
import { look_of, unpack } from "aigc/text/views/memory/units.js";
import { plot_scale } from "aigc/ui/scale.js";

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

test("a curve that falls through the floor ends where its line crosses it", () => {
  const points = above_floor([
    [1, 0.5],
    [10, 1e-4],
    [100, 1e-6],
    [200, 1e-7],
  ]);
  assert.equal(points.length, 3);
  // halfway, on both logarithmic axes, between 1e-4 and 1e-6, and between 10 and 100
  const scale = plot_scale([1, 100], [LEAST, 1], { x: true, y: true });
  const { across, down } = end_of(points, scale);
  assert.ok(Math.abs(across - 75) < 1e-9 && down === 97);
  const whole = above_floor(points.slice(0, 2));
  assert.equal(whole.length, 2);
  assert.ok(Math.abs(end_of(whole, scale).across - 50) < 1e-9);
  assert.ok(Number.isFinite(above_floor([[1, 0]])[0][1]) && above_floor([[1, 0]])[0][1] > 0);
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
