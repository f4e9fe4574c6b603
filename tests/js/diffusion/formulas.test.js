// The formulas of a training step, and what the batch tells.

import assert from "node:assert/strict";
import test from "node:test";
import { count_hidden, label_name } from "aigc/diffusion/views/procedure/batch.js";
import * as formulas from "aigc/diffusion/views/procedure/formulas.js";
import { change } from "aigc/diffusion/views/procedure/update.js";

test("picture and noise keep the variance: the squares of their shares are 1 in sum", () => {
  for (const alpha_bar of [0, 0.25, 0.5, 0.999, 1]) {
    const { keep, add } = formulas.shares(alpha_bar);
    assert.ok(Math.abs(keep ** 2 + add ** 2 - 1) < 1e-12);
    assert.ok(Math.abs(keep ** 2 - alpha_bar) < 1e-12);
  }
});

test("every coloured part of a formula is closed, and every brace", () => {
  const all = [
    formulas.sampled("3"),
    formulas.noised("0.800", "0.600", 500),
    formulas.given,
    formulas.predicted("0.800", "0.600"),
    formulas.measured(2, "0.1", ["0.1", "0.2", "0.3"], 16, "0.2"),
    formulas.updated("0.5", "2", 0.03),
  ];
  for (const formula of all) {
    assert.doesNotMatch(formula.replace(/\|\w+:[^|]+\|/gu, ""), /\|\w+:/u, formula);
    assert.equal(formula.split("{").length, formula.split("}").length, formula);
    assert.doesNotMatch(formula, /undefined|NaN/);
  }
});

test("a prediction is of the picture: it undoes the noise with the numbers that made it", () => {
  const [x_0, noise] = [0.7, -1.3],
    { keep, add } = formulas.shares(0.64);
  const x_t = keep * x_0 + add * noise,
    v = keep * noise - add * x_0;
  assert.ok(Math.abs(keep * x_t - add * v - x_0) < 1e-12);
  assert.match(formulas.noised("0.800", "0.600", 9), /0\.800 \|data:x_\{0\}\| \+ 0\.600/);
  assert.match(formulas.predicted("0.800", "0.600"), /0\.800 \|noise:x_\{t\}\| − 0\.600/);
});

test("a hidden class is written as the empty set", () => {
  assert.deepEqual([0, 9, 10].map(label_name), ["0", "9", "∅"]);
  assert.equal(count_hidden([10, 3, 10, 0]), 2);
});

test("a change is in percent of what was before", () => {
  assert.equal(change(2, 1), -50);
  assert.equal(change(0.5, 0.5), 0);
  assert.equal(change(1, 3), 200);
});
