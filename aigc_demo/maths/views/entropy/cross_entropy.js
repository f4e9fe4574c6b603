// Cross-entropy and its gradients, as in entropy.py.

import { logsumexp, softmax } from "aigc/maths/views/_shared/arithmetic.js";
import { clamp, replaced } from "aigc/ui/arithmetic.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */

/**
 * Two losses of the guess that y is 1, in nats, and their derivatives by the guess and by its logit
 * z, where the guess is sigmoid(z).
 * @param {number} y 0 or 1
 * @param {number} guess 0 to 1
 */
export function binary_losses(y, guess) {
  const right = y ? guess : 1 - guess,
    error = guess - y;
  return {
    loss: -Math.log(right),
    slope: (y ? -1 : 1) / right,
    slope_z: error,
    squared: error ** 2,
    squared_slope: 2 * error,
    squared_slope_z: 2 * error * guess * (1 - guess),
  };
}

/**
 * Softmax and cross-entropy where class `truth` is the true one, and the gradient by the logits.
 * @param {number[]} logits
 * @param {number} truth
 */
export function class_losses(logits, truth) {
  const p = softmax(logits),
    loss = logsumexp(logits) - logits[truth];
  return { p, loss, gradient: replaced(p, truth, p[truth] - 1), ...units(loss) };
}

/**
 * A loss in nats, in bits and as a perplexity.
 * @param {number} loss
 */
export const units = (loss) => ({ bits: loss / Math.LN2, perplexity: Math.exp(loss) });

/**
 * The logits with which class i has probability `to`, as near as their range allows, to two digits.
 * @param {number[]} logits
 * @param {number} i
 * @param {number} to
 * @param {Range} range
 */
export function logits_with(logits, i, to, range) {
  const others = logsumexp(logits.filter((_, j) => j !== i)),
    logit = clamp(others + Math.log(to / (1 - to)), range);
  return replaced(logits, i, +logit.toFixed(2));
}
