// The formulas of attention in TeX, with the numbers of now.

import {
  tex_coloured as coloured,
  tex_number as tex,
  tex_vector,
} from "aigc/maths/views/_shared/tex.js";

/** @import { Settings } from "aigc/maths/views/attention/scaled_dot_product.js" */

const SOFTMAX = coloured("attention", "\\text{softmax}");

/**
 * The factors by which the scores are divided, but for a 1.
 * @param {string} root what stands under the root
 * @param {Settings} settings
 */
const factors = (root, { scaled, temperature }) =>
  [scaled ? `\\sqrt{${root}}` : "", temperature === 1 ? "" : tex(temperature, 2)].filter(Boolean);

/**
 * The same with a 1 where no root stands.
 * @param {string} root
 * @param {Settings} settings
 */
function divisor(root, { scaled, temperature }) {
  const first = scaled ? `\\sqrt{${root}}` : "1";
  return temperature === 1 ? first : `${first}\\cdot ${tex(temperature, 2)}`;
}

/**
 * Q Kᵀ divided, as the name of that matrix.
 * @param {number} d_k
 * @param {Settings} settings
 */
export function scaled_name(d_k, settings) {
  const under = factors(String(d_k), settings).join("\\cdot ");
  return under ? `QK^{T} / ${under}` : "QK^{T}";
}

/**
 * Attention(Q, K, V) as the settings have it.
 * @param {Settings} settings
 */
export function attention_formula(settings) {
  const fraction = `\\frac{QK^T}{${divisor("d_k", settings)}}`,
    mask = settings.masked ? " + M" : "";
  return `\\text{Attention}(Q, K, V) = ${SOFTMAX}\\Bigl(${fraction}${mask}\\Bigr)V`;
}

/**
 * A row's weights, by hand.
 * @param {number} row from 0
 * @param {number[]} scores the row's scaled scores
 * @param {number[]} weights
 */
export function row_pieces(row, scores, weights) {
  const alpha = coloured("attention", `\\alpha_{${row + 1}}`),
    shares = scores.map((each) => `\\tfrac{e^{${tex(each, 2)}}}{\\Sigma}`).join(",");
  return [
    `${alpha} = \\text{softmax}${tex_vector(scores)}`,
    `= \\Bigl(${shares}\\Bigr) = ${coloured("attention", tex_vector(weights))}`,
  ];
}

/**
 * A row's output, by hand.
 * @param {number} row from 0
 * @param {number[]} weights
 * @param {number[][]} values
 * @param {number[]} output
 */
export function output_formula(row, weights, values, output) {
  const terms = weights.map(
    (each, j) => `${coloured("attention", tex(each, 2))}\\,${tex_vector(values[j], 1)}`,
  );
  return `o_{${row + 1}} = ${terms.join(" + ")} = ${tex_vector(output)}`;
}

/**
 * One weight of a real head: of the character in column j for that in row i, both from 0.
 * @param {{ i: number, j: number, score: number, weight: number, d_k: number }} of
 * @param {Settings} settings
 */
export function weight_pieces({ i, j, score, weight, d_k }, settings) {
  const query = `q_{${i + 1}}`,
    under = divisor(String(d_k), settings),
    until = settings.masked ? ` \\le ${i + 1}` : "";
  const above = `\\exp(${query}\\cdot k_{${j + 1}} / ${under})`,
    below = `\\sum_{m${until}} \\exp(${query}\\cdot k_m / ${under})`;
  return [
    `${coloured("attention", `\\alpha_{${i + 1},${j + 1}}`)} = \\frac{${above}}{${below}}`,
    `= \\frac{e^{${tex(score, 2)}\\,/\\,${under}}}{\\Sigma}` +
      ` = ${coloured("attention", tex(weight))}`,
  ];
}

/**
 * The beginning of a real head's output.
 * @param {number} row from 0
 * @param {number[]} output
 */
export function head_output_formula(row, output) {
  const weight = coloured("attention", `\\alpha_{${row + 1},j}`),
    numbers = output.map((each) => tex(each, 2)).join(",\\,");
  return `o_{${row + 1}} = \\sum_j ${weight}\\,v_j = \\bigl(${numbers},\\,\\dots\\bigr)`;
}
