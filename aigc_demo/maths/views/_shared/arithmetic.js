// The arithmetic that several views of mathematics share: densities, the softmax.

import { sum } from "aigc/ui/arithmetic.js";

/** @typedef {{ mean: number, width: number }} Gaussian width: its standard deviation */

/**
 * x ln y, where 0 ln 0 = 0.
 * @param {number} x
 * @param {number} y
 */
export const xlogy = (x, y) => (x === 0 ? 0 : x * Math.log(y));

/**
 * Entropy of a distribution in bits.
 * @param {number[]} p
 */
export const entropy_bits = (p) => -sum(p.map((each) => xlogy(each, each))) / Math.LN2;

/**
 * ln of the density of N(mean, width²) at x.
 * @param {number} x
 * @param {number} mean
 * @param {number} width
 */
export const log_normal = (x, mean, width) =>
  -(((x - mean) / width) ** 2) / 2 - Math.log(width * Math.sqrt(2 * Math.PI));

/**
 * The density of N(mean, width²) at x.
 * @param {number} x
 * @param {number} mean
 * @param {number} width
 */
export const normal = (x, mean, width) => Math.exp(log_normal(x, mean, width));

/**
 * D(P‖Q) of two Gaussians in nats, in closed form.
 * @param {Gaussian} p
 * @param {Gaussian} q
 */
export const gaussian_kl = (p, q) =>
  Math.log(q.width / p.width) + (p.width ** 2 + (p.mean - q.mean) ** 2) / (2 * q.width ** 2) - 0.5;

/**
 * Probabilities of logits; a logit of −∞ has probability 0.
 * @param {number[]} logits
 */
export function softmax(logits) {
  const largest = Math.max(...logits),
    weights = logits.map((z) => (z === -Infinity ? 0 : Math.exp(z - largest))),
    total = sum(weights);
  return weights.map((weight) => weight / total);
}

/**
 * ln Σ exp(z), without overflow.
 * @param {number[]} logits
 */
export function logsumexp(logits) {
  const largest = Math.max(...logits);
  return largest + Math.log(sum(logits.map((z) => Math.exp(z - largest))));
}

/** @param {number} x */
export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/**
 * ln(1 + e^x), without overflow; −softplus(−x) is ln sigmoid(x).
 * @param {number} x
 */
export const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
