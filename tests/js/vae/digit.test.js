import assert from "node:assert/strict";
import test from "node:test";
import { beta_at, digits_of } from "aigc/vae/views/_shared/beta.js";
import {
  POSITIONS,
  position_in_row,
  position_of,
  reparameterized,
  used_count,
} from "aigc/vae/views/digit/latent.js";
import { loss_axis } from "aigc/vae/views/digit/scale.js";

const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

test("the scale of beta is logarithmic, and ends at its range", () => {
  const range = [0.1, 10];
  assert.deepEqual(
    [-1, 0, 0.5, 1].map((place) => beta_at(place, range)),
    [0.1, 1, 3.162, 10],
  );
  assert.equal(beta_at(-1.0001, range), 0.1);
  assert.equal(beta_at(1.0001, range), 10);
});

test("a beta is written with two figures", () => {
  for (const [beta, text] of [
    [0.25, "0.25"],
    [1, "1.0"],
    [9.94, "9.9"],
    [9.96, "10"],
  ])
    assert.equal(beta.toFixed(digits_of(beta)), text);
});

test("the loss's axis holds the loss and ends at a round number", () => {
  for (const loss of [0, 3, 150, 151, 399, 1234.5]) {
    const { end, step } = loss_axis(loss);
    assert.ok(end >= loss && end >= 150 && end % 50 === 0);
    assert.ok(end / step >= 3 && end / step < 13, `${end / step} ticks`);
  }
  assert.deepEqual(loss_axis(151), { end: 200, step: 50 });
});

test("a number of z is turned from -3 to 3 in 25 positions", () => {
  assert.deepEqual([-3, 0, 3].map(position_of), [0, 12, 24]);
  for (let position = 0; position < POSITIONS; position++)
    assert.equal(position_of(-3 + (6 * position) / (POSITIONS - 1)), position);
});

test("seven pictures show whole numbers, both ends included", () => {
  const positions = Array.from({ length: 7 }, (_, i) => position_in_row(i, 7));
  assert.deepEqual(positions, [-3, -2, -1, 0, 1, 2, 3].map(position_of));
});

test("z is mu + sigma * epsilon", () => {
  const trace = {
    mean: [0.5, -1],
    log_variance: [0, Math.log(4)],
    epsilon: [
      [0, 0],
      [3, -0.5],
    ],
  };
  const { mean, sigma, epsilon } = reparameterized(trace, 1, 1);
  close(sigma, 2);
  close(mean + sigma * epsilon, -2);
  assert.equal(reparameterized(trace, 0, 0).epsilon, 0); // the first row is mu itself
});

test("a number of z is used from a tenth of a nat on", () => {
  assert.equal(used_count([0, 0.05, 0.1, 0.11, 7]), 2);
});
