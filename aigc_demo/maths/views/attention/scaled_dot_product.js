// softmax(Q Kᵀ / √d_k) V, as in attention.py. Matrices are lists of rows.

import { softmax } from "aigc/maths/views/_shared/arithmetic.js";
import { sum } from "aigc/ui/arithmetic.js";

/** @typedef {number[][]} Matrix */
/** @typedef {Record<"X" | "W_Q" | "W_K" | "W_V", Matrix>} GivenMatrices */
/** @typedef {{ scaled: boolean, masked: boolean, temperature: number }} Settings */

/**
 * The product A B.
 * @param {Matrix} a
 * @param {Matrix} b
 */
export const multiply = (a, b) =>
  a.map((row) => b[0].map((_, j) => sum(row.map((each, k) => each * b[k][j]))));

/** @param {Matrix} a */
export const transpose = (a) => a[0].map((_, j) => a.map((row) => row[j]));

/**
 * What the scores are divided by.
 * @param {number} d_k
 * @param {Settings} settings
 */
const divisor = (d_k, { scaled, temperature }) => (scaled ? Math.sqrt(d_k) : 1) * temperature;

/**
 * Scores divided by √d_k and the temperature; −∞ where the mask hides what comes later.
 * @param {Matrix} scores
 * @param {number} d_k
 * @param {Settings} settings
 */
export function scaled_scores(scores, d_k, settings) {
  const by = divisor(d_k, settings);
  return scores.map((row, i) =>
    row.map((score, j) => (settings.masked && j > i ? -Infinity : score / by)),
  );
}

/**
 * The attention weights: the softmax of each row of the scaled scores.
 * @param {Matrix} scores
 * @param {number} d_k
 * @param {Settings} settings
 */
export const attention_weights = (scores, d_k, settings) =>
  scaled_scores(scores, d_k, settings).map(softmax);

/**
 * Every matrix of one head.
 * @param {GivenMatrices} given
 * @param {Settings} settings
 */
export function attend({ X, W_Q, W_K, W_V }, settings) {
  const [Q, K, V] = [W_Q, W_K, W_V].map((W) => multiply(X, W)),
    d_k = Q[0].length,
    scores = multiply(Q, transpose(K)),
    scaled = scaled_scores(scores, d_k, settings),
    weights = scaled.map(softmax);
  return { Q, K, V, scores, scaled, weights, output: multiply(weights, V) };
}
