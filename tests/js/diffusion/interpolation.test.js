// What lies between levels of noise and between steps of sampling.

import assert from "node:assert/strict";
import test from "node:test";
import {
  alpha_at,
  arrows_of,
  at_level,
  maps_of,
  mixed,
  noised,
  particles_at,
  paths_of,
  sigma_of,
  tails_of,
} from "aigc/diffusion/views/plane/interpolation.js";

const encoded = (array) => Buffer.from(array.buffer).toString("base64");
const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("a mixture has its parts at the ends and the mean in the middle", () => {
  close(mixed(2, 10, 0), 2);
  close(mixed(2, 10, 1), 10);
  close(mixed(2, 10, 0.5), 6);
});

test("at a whole level stands what was computed, between two levels what lies between", () => {
  const at = at_level([0, 1, 10, 11, 20, 21], 3);
  assert.deepEqual(at(0), [0, 1]);
  assert.deepEqual(at(1), [10, 11]);
  assert.deepEqual(at(2), [20, 21]);
  assert.deepEqual(at(0.5), [5, 6]);
});

test("numbers come out of base64 as they went in", () => {
  assert.deepEqual(arrows_of(encoded(Int8Array.of(-127, 127, 5, -5)), 2)(1), [5, -5]);
  assert.deepEqual(maps_of(encoded(Uint8Array.of(0, 255, 7, 8)), 2)(0), [0, 255]);
  const paths = paths_of(encoded(Int16Array.of(1000, -2500, 3000, 0, 1, 2, 3, 4)), 2);
  assert.deepEqual(paths, [
    [
      [1, -2.5],
      [3, 0],
    ],
    [
      [0.001, 0.002],
      [0.003, 0.004],
    ],
  ]);
});

test("between the numbers of a schedule lies a straight line", () => {
  const alphas = [1, 0.9, 0.5];
  assert.deepEqual(
    [0, 10, 20].map((u) => alpha_at(alphas, u)),
    alphas,
  );
  close(alpha_at(alphas, 5), 0.95);
  close(alpha_at(alphas, 17.5), 0.6);
});

test("without noise stand the data, with nothing but noise the noise", () => {
  const [data, noise] = [[[1, 2]], [[-3, 0.5]]];
  assert.deepEqual(noised(data, noise, 1), data);
  assert.deepEqual(noised(data, noise, 0), noise);
  for (const alpha of [0, 0.3, 0.8, 1]) close(alpha ** 2 + sigma_of(alpha) ** 2, 1);
});

test("particles are at their steps where the slider is, and between them on a straight line", () => {
  const paths = [[[0, 0]], [[4, 8]], [[6, 6]]],
    times = [999, 499, -1]; // u = 1000, 500, 0
  assert.deepEqual(particles_at(paths, times, 1000), paths[0]);
  assert.deepEqual(particles_at(paths, times, 500), paths[1]);
  assert.deepEqual(particles_at(paths, times, 0), paths[2]);
  assert.deepEqual(particles_at(paths, times, 750), [[2, 4]]);
  assert.deepEqual(particles_at(paths, times, 250), [[5, 7]]);
});

test("before the first step of a sampling stands its noise", () => {
  assert.deepEqual(particles_at([[[1, 1]], [[2, 2]]], [899, -1], 950), [[1, 1]]);
});

test("a tail leads from where a point was to where it is", () => {
  const where = (u) => [
    [u, 0],
    [0, -u],
  ];
  const [first, second] = tails_of(where, 40, 0, 5);
  assert.deepEqual(first, [
    [40, 0],
    [30, 0],
    [20, 0],
    [10, 0],
    [0, 0],
  ]);
  assert.equal(second.length, 5);
});
