import assert from "node:assert/strict";
import test from "node:test";
import { cell_of, cross, ellipse, latent_at, prior_density } from "aigc/vae/views/map/geometry.js";
import { label_places } from "aigc/vae/views/map/regions.js";

test("cells are counted from the top left, z_2 grows upwards", () => {
  assert.equal(cell_of([-3, 3], 20, 3), 0);
  assert.equal(cell_of([2.99, 2.99], 20, 3), 19);
  assert.equal(cell_of([-2.99, -2.99], 20, 3), 380);
  assert.equal(cell_of([0.01, -0.01], 20, 3), 10 * 20 + 10);
});

test("the far edges belong to the last cells", () => {
  assert.equal(cell_of([3, -3], 20, 3), 399);
  assert.equal(cell_of([9, -9], 20, 3), 399);
});

test("a share of the plane is a place, and the place is in that share's cell", () => {
  assert.deepEqual(latent_at([0, 0], 3), [-3, 3]);
  assert.deepEqual(latent_at([1, 1], 3), [3, -3]);
  for (let cell = 0; cell < 900; cell++) {
    const share = [((cell % 30) + 0.5) / 30, (Math.floor(cell / 30) + 0.5) / 30];
    assert.equal(cell_of(latent_at(share, 3), 30, 3), cell);
  }
});

test("the prior's density is 1 / 2 pi in the middle, round, and sums to 1", () => {
  assert.equal(prior_density([0, 0]), 1 / (2 * Math.PI));
  assert.equal(prior_density([1.5, 0]), prior_density([0, -1.5]));
  let sum = 0;
  const step = 0.1;
  for (let x = -6; x < 6; x += step)
    for (let y = -6; y < 6; y += step) sum += prior_density([x, y]) * step ** 2;
  assert.ok(Math.abs(sum - 1) < 1e-6);
});

test("an ellipse begins at its left end and comes back to it", () => {
  const [, x, y, , ...rest] = ellipse([1, 2], [0.5, 0.25]).split(" ");
  assert.deepEqual([+x, +y], [0.5, -2]); // a path's y grows downwards
  assert.equal(Number(rest[5]) + Number(rest[13]), 0);
  assert.equal(Number(rest[5]), 1); // the width, twice the radius
});

test("a cross's arms lie around its middle", () => {
  const numbers = cross([1, 2])
    .match(/-?[\d.]+/g)
    .map(Number);
  const mean = (from) =>
    numbers.filter((_, i) => i % 2 === from).reduce((sum, value) => sum + value, 0) / 8;
  assert.ok(Math.abs(mean(0) - 1) < 1e-12);
  assert.ok(Math.abs(mean(1) + 2) < 1e-12);
});

test("a name stands where its region is deepest", () => {
  const side = 9,
    square = (left, top, size) => (x, y) =>
      x >= left && x < left + size && y >= top && y < top + size;
  const five = square(0, 4, 5),
    three = square(6, 0, 3);
  const readings = Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return five(x, y) ? 5 : three(x, y) ? 3 : 0;
  });
  const places = new Map(label_places(readings, side).map(({ digit, cell }) => [digit, cell]));
  assert.equal(places.get(5), 6 * side + 2);
  assert.equal(places.get(3), 1 * side + 7);
  assert.equal(readings[places.get(0)], 0);
  assert.equal(places.size, 3);
});

test("a region of one cell has its name there", () => {
  const readings = [0, 0, 0, 0, 7, 0, 0, 0, 0];
  assert.deepEqual(
    label_places(readings, 3).find(({ digit }) => digit === 7),
    { digit: 7, cell: 4 },
  );
});
