import assert from "node:assert/strict";
import test from "node:test";
import {
  entropy_bits,
  gaussian_kl,
  log_normal,
  logsumexp,
  normal,
  sigmoid,
  softmax,
  softplus,
  xlogy,
} from "aigc/maths/views/_shared/arithmetic.js";
import { linspace, sum } from "aigc/ui/arithmetic.js";
import { near } from "../near.js";

const GRID = linspace([-40, 40], 8001);
const integral = (values) => sum(values) * (GRID[1] - GRID[0]);

test("softmax is a distribution that a shift of all logits does not change", () => {
  const p = softmax([1, 2, 3]);
  near(sum(p), 1);
  near(p[1] / p[0], Math.E);
  softmax([1001, 1002, 1003]).forEach((each, i) => {
    near(each, p[i]);
  });
  assert.deepEqual(softmax([0, -Infinity, 0]), [0.5, 0, 0.5]);
});

test("logsumexp of n equal logits is the logit plus ln n, however large", () => {
  near(logsumexp([700, 700, 700]), 700 + Math.log(3));
  near(logsumexp([0.3]), 0.3);
});

test("entropy is log2 n of n equal probabilities and 0 of a certainty", () => {
  near(entropy_bits(Array(8).fill(1 / 8)), 3);
  near(entropy_bits([0, 1, 0]), 0);
  assert.equal(xlogy(0, 0), 0);
});

test("a density integrates to 1, and its moments are mean and width", () => {
  const density = GRID.map((x) => normal(x, -1, 2));
  near(integral(density), 1, 1e-9);
  near(integral(density.map((each, i) => each * GRID[i])), -1, 1e-9);
  near(integral(density.map((each, i) => each * (GRID[i] + 1) ** 2)), 4, 1e-9);
});

test("the closed form of the divergence of Gaussians is the integral", () => {
  const [p, q] = [
    { mean: -1, width: 0.8 },
    { mean: 1, width: 1.6 },
  ];
  const [log_p, log_q] = [p, q].map(({ mean, width }) =>
    GRID.map((x) => log_normal(x, mean, width)),
  );
  near(gaussian_kl(p, q), integral(log_p.map((each, i) => Math.exp(each) * (each - log_q[i]))));
  near(gaussian_kl(q, p), integral(log_q.map((each, i) => Math.exp(each) * (each - log_p[i]))));
  near(gaussian_kl({ mean: 0, width: 1 }, { mean: 0, width: 2 }), Math.LN2 - 3 / 8);
  near(gaussian_kl(p, p), 0);
});

test("softplus and sigmoid: ln sigmoid(x) = -softplus(-x), without overflow", () => {
  for (const x of [-3, 0, 0.7, 5]) near(Math.log(sigmoid(x)), -softplus(-x));
  near(softplus(2) - softplus(-2), 2);
  near(softplus(1000), 1000);
  near(softplus(-1000), 0);
});
