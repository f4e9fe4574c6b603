import assert from "node:assert/strict";
import test from "node:test";
import { gaussian_kl } from "aigc/maths/views/_shared/arithmetic.js";
import { elbo } from "aigc/maths/views/noise/elbo.js";
import { normal_numbers, uniform_numbers } from "aigc/maths/views/noise/random.js";
import {
  ALPHA_BAR,
  BETA,
  decibels,
  forward_path,
  LAST,
  noised,
  PLOTTED,
  STEPS,
} from "aigc/maths/views/noise/schedules.js";
import { sum } from "aigc/ui/arithmetic.js";
import { near } from "../near.js";

test("both schedules lose data at every step and end next to nothing", () => {
  for (const name of ["linear", "cosine"]) {
    const left = ALPHA_BAR[name];
    assert.equal(left.length, STEPS);
    assert.ok(left.every((each, t) => t === 0 || each < left[t - 1]));
    assert.ok(left[LAST] < 1e-4);
  }
});

test("the linear betas run from 1e-4 to 0.02; the cosine's products are the cosine squared", () => {
  near(BETA.linear[0], 1e-4, 1e-12);
  near(BETA.linear[LAST], 0.02, 1e-12);
  const f = (t) => Math.cos((((t / STEPS + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  for (const t of [0, 250, 700, 990]) near(ALPHA_BAR.cosine[t], f(t + 1) / f(0), 1e-9);
});

test("variance is kept: mean squared and width squared of x_0 = 1 add up to 1", () => {
  for (const t of [0, 500, LAST]) {
    const { mean, width } = noised(1, t, "linear");
    near(mean ** 2 + width ** 2, 1);
  }
  near(decibels(0.5), 0);
  near(decibels(10 / 11), 10);
});

test("step by step without noise a point goes along the mean", () => {
  for (const name of ["linear", "cosine"]) {
    const path = forward_path(-2, name, Array(STEPS).fill(0));
    for (const t of [0, 333, LAST]) near(path[t], noised(-2, t, name).mean, 1e-9);
  }
});

test("step by step the places of many paths have the mean and the width of the formula", () => {
  const count = 1000,
    t = 300;
  const places = Array.from(
    { length: count },
    (_, seed) => forward_path(1.5, "linear", normal_numbers(seed, STEPS))[t],
  );
  const { mean, width } = noised(1.5, t, "linear"),
    seen = sum(places) / count,
    spread = Math.sqrt(sum(places.map((x) => (x - seen) ** 2)) / count);
  near(seen, mean, (5 * width) / Math.sqrt(count));
  near(spread, width, (5 * width) / Math.sqrt(2 * count));
});

test("a line of the schedules has its first and its last step", () => {
  assert.deepEqual([PLOTTED[0], PLOTTED[PLOTTED.length - 1]], [0, LAST]);
});

test("random numbers are the same for one seed, others for another, uniform in [0, 1)", () => {
  assert.deepEqual(normal_numbers(3, 5), normal_numbers(3, 5));
  assert.notDeepEqual(normal_numbers(3, 5), normal_numbers(4, 5));
  const uniform = uniform_numbers(1),
    drawn = Array.from({ length: 10_000 }, uniform);
  assert.ok(drawn.every((each) => each >= 0 && each < 1));
  near(sum(drawn) / drawn.length, 0.5, 0.02);
});

test("the bound and its gap are ln p(x); the true posterior leaves no gap", () => {
  const [x, slope, spread] = [2.2, 1.5, 0.8];
  for (const q of [
    { mean: 0.4, width: 0.9 },
    { mean: -1, width: 0.2 },
  ]) {
    const bound = elbo(x, q, slope, spread);
    near(bound.elbo + bound.gap, bound.evidence);
    assert.ok(bound.gap > 0);
    const best = elbo(x, bound.posterior, slope, spread);
    near(best.gap, 0);
    near(best.elbo, bound.evidence);
  }
});

test("a decoder that ignores z has the prior as its posterior", () => {
  const { posterior, kl } = elbo(1, { mean: 0.3, width: 0.5 }, 0, 1);
  assert.deepEqual(posterior, { mean: 0, width: 1 });
  near(kl, gaussian_kl({ mean: 0.3, width: 0.5 }, posterior));
});
