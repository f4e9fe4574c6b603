import assert from "node:assert/strict";
import test from "node:test";
import { sigmoid } from "aigc/maths/views/_shared/arithmetic.js";
import { tangent_at } from "aigc/maths/views/entropy/binary_part.js";
import {
  binary_losses,
  class_losses,
  logits_with,
  units,
} from "aigc/maths/views/entropy/cross_entropy.js";
import { sum } from "aigc/ui/arithmetic.js";
import { near } from "../near.js";

const STEP = 1e-5;
const slope = (of, x) => (of(x + STEP) - of(x - STEP)) / (2 * STEP);

test("the slopes of both losses are their derivatives by the guess and by its logit", () => {
  for (const y of [0, 1])
    for (const z of [-2, 0, 1.5]) {
      const guess = sigmoid(z),
        now = binary_losses(y, guess);
      const loss = (each) => binary_losses(y, each).loss,
        squared = (each) => binary_losses(y, each).squared;
      near(now.slope, slope(loss, guess));
      near(now.squared_slope, slope(squared, guess));
      near(
        now.slope_z,
        slope((each) => loss(sigmoid(each)), z),
      );
      near(
        now.squared_slope_z,
        slope((each) => squared(sigmoid(each)), z),
      );
    }
});

test("a guess of 1/2 costs ln 2, the truth nothing, the contrary without limit", () => {
  near(binary_losses(1, 0.5).loss, Math.LN2);
  near(binary_losses(1, 1).loss, 0);
  assert.equal(binary_losses(1, 0).loss, Infinity);
  assert.equal(binary_losses(0, 1).squared, 1);
});

test("the tangent touches the loss; where that is infinite there is none", () => {
  const now = binary_losses(1, 0.25),
    [[x_0, y_0], [x_1, y_1]] = tangent_at(0.25, now);
  near((y_1 - y_0) / (x_1 - x_0), now.slope);
  near((y_0 + y_1) / 2, now.loss);
  assert.deepEqual(tangent_at(0, binary_losses(1, 0)), []);
});

test("n equal logits cost ln n: a perplexity of n, log2 n bits", () => {
  const { loss, bits, perplexity } = class_losses([2, 2, 2, 2], 1);
  near(loss, Math.log(4));
  near(bits, 2);
  near(perplexity, 4);
  assert.deepEqual(units(0), { bits: 0, perplexity: 1 });
});

test("the gradient by the logits sums to 0 and is the derivative of the loss", () => {
  const logits = [1.2, 2.4, 0.3];
  const { gradient } = class_losses(logits, 0);
  near(sum(gradient), 0);
  gradient.forEach((each, i) => {
    const at = (z) =>
      class_losses(
        logits.map((old, j) => (j === i ? z : old)),
        0,
      ).loss;
    near(each, slope(at, logits[i]));
  });
});

test("a class gets the probability that is asked for, as far as its logit may go", () => {
  const logits = [1.2, 2.4, 0.3];
  const { p } = class_losses(logits_with(logits, 2, 0.6, [-4, 4]), 0);
  near(p[2], 0.6, 0.003); // logits have two digits
  near(p[1] / p[0], Math.exp(1.2));
  assert.equal(logits_with(logits, 2, 1, [-4, 4])[2], 4);
  assert.equal(logits_with(logits, 2, 0, [-4, 4])[2], -4);
});
