import assert from "node:assert/strict";
import test from "node:test";
import { gaussian_kl, log_normal } from "aigc/maths/views/_shared/arithmetic.js";
import {
  fit_gaussian,
  GRID,
  kl,
  kl_terms,
  kl_to_gaussian,
  log_mixture,
  with_probability,
} from "aigc/maths/views/divergence/kl.js";
import { sum } from "aigc/ui/arithmetic.js";
import { near } from "../near.js";

const P = [0.45, 0.3, 0.15, 0.1];
const Q = [0.2, 0.25, 0.25, 0.3];

test("the divergence is 0 of equals, positive of others, infinite where Q alone is 0", () => {
  near(kl(P, P), 0);
  assert.ok(kl(P, Q) > 0);
  assert.ok(kl(Q, P) > 0);
  assert.equal(kl([0.5, 0.5], [1, 0]), Infinity);
  near(kl([1, 0], [0.5, 0.5]), Math.LN2);
  assert.deepEqual(kl_terms([0, 1], [0, 1]), [0, 0]);
});

test("the bound ln x <= x - 1 holds term by term", () => {
  kl_terms(P, Q).forEach((term, i) => {
    assert.ok(-term <= Q[i] - P[i] + 1e-12);
  });
});

test("another probability of one outcome leaves a distribution, the others in proportion", () => {
  const moved = with_probability(P, 0, 0.1);
  near(sum(moved), 1);
  near(moved[1] / moved[2], P[1] / P[2]);
  assert.deepEqual(with_probability([1, 0, 0], 0, 0.5), [0.5, 0.25, 0.25]);
});

test("the sum over the grid is the closed form of two Gaussians", () => {
  const p = { mean: -0.5, width: 0.9 },
    q = { mean: 1, width: 1.4 };
  const log_p = GRID.map((x) => log_normal(x, p.mean, p.width));
  near(kl_to_gaussian(log_p, q.mean, Math.log(q.width), true), gaussian_kl(p, q));
  near(kl_to_gaussian(log_p, q.mean, Math.log(q.width), false), gaussian_kl(q, p));
});

test("forward, the nearest Gaussian has the mixture's mean and variance", () => {
  const [distance, share, width] = [2, 0.6, 0.7],
    fit = fit_gaussian(log_mixture({ distance, share, width }), true, 1);
  const mean = distance * (1 - 2 * share);
  near(fit.mean, mean, 1e-3);
  near(fit.width, Math.sqrt(width ** 2 + distance ** 2 - mean ** 2), 1e-3);
});

test("reverse, it is one hump, the one on whose side the search began", () => {
  const log_p = log_mixture({ distance: 3, share: 0.5, width: 0.5 });
  for (const start of [-2, 2]) {
    const fit = fit_gaussian(log_p, false, start);
    near(fit.mean, 3 * Math.sign(start), 1e-3);
    near(fit.width, 0.5, 1e-3);
    near(fit.divergence, Math.LN2, 1e-3); // half of P lies under it
  }
});

test("a mixture at one place is a Gaussian, which both directions find", () => {
  const log_p = log_mixture({ distance: 0, share: 0.3, width: 1.2 });
  for (const forward of [true, false]) {
    const fit = fit_gaussian(log_p, forward, 1.5);
    near(fit.mean, 0, 1e-3);
    near(fit.width, 1.2, 1e-3);
    near(fit.divergence, 0);
  }
});
