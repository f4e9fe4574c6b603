// What Python sends of a Transformer's heads, and what the view computes of it. Row i is the
// character that asks (a query), column j the one that answers (a key).

import { bytes, floats } from "aigc/ui/arrays.js";
import { format_number } from "aigc/ui/format.js";

/**
 * @typedef {import("aigc/ui/arrays.js").Packed} Packed
 *
 * What `look` of view.py gives.
 * @typedef {object} Value
 * @property {string[]} text
 * @property {number} layer of the chosen head, from 1
 * @property {number} head
 * @property {string[]} off the heads that are switched off, "layer.head"
 * @property {number} left_out characters of the prompt that are not shown
 * @property {{ shape: number[], uint8: string }} maps (layers, H, T, T) all heads' weights, coarse
 * @property {Packed} scores (T, T) of the chosen head
 * @property {Packed} weights (T, T)
 * @property {Packed} values (T, D)
 * @property {Packed} output (T, D)
 * @property {Both} [problem]
 *
 * The same, unpacked. T characters, H heads a layer, vectors of D components.
 * @typedef {object} Head
 * @property {string[]} text
 * @property {number} layers
 * @property {number} H
 * @property {number} T
 * @property {number} D
 * @property {number} layer from 0
 * @property {number} head from 0
 * @property {Uint8Array} maps
 * @property {Float32Array} scores
 * @property {Float32Array} scaled scores by √D, −∞ where a character is still to come
 * @property {Float32Array} weights
 * @property {Float32Array} values
 * @property {Float32Array} output
 */

/**
 * The numbers of a head, unpacked.
 * @param {Value} value
 * @returns {Head}
 */
export function unpack(value) {
  const [layers, H, T] = value.maps.shape,
    D = value.output.shape[1];
  const [scores, weights, values, output] = [
    value.scores,
    value.weights,
    value.values,
    value.output,
  ].map(floats);
  return {
    text: value.text,
    layers,
    H,
    T,
    D,
    layer: value.layer - 1,
    head: value.head - 1,
    maps: bytes(value.maps.uint8),
    scores,
    scaled: scores.map((score, index) =>
      index % T > Math.floor(index / T) ? -Infinity : score / Math.sqrt(D),
    ),
    weights,
    values,
    output,
  };
}

/**
 * The weights that character i gives to those before it, and to itself.
 * @param {Pick<Head, "weights" | "T">} head
 * @param {number} i
 */
export const row_of = ({ weights, T }, i) => [...weights.subarray(i * T, i * T + i + 1)];

/**
 * The largest absolute number, those that are not finite left out.
 * @param {Float32Array} numbers
 */
export const largest = (numbers) =>
  numbers.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 1e-9);

/**
 * What a head does on this text, averaged over its characters from the second on: the share of its
 * weight that the previous character gets, and the asking one, and how many characters it looks
 * back.
 * @param {Pick<Head, "weights" | "T">} head
 */
export function habits(head) {
  const { T, weights } = head,
    rows = [...Array(T).keys()].slice(1);
  const mean = (f) => rows.reduce((total, r) => total + f(r), 0) / Math.max(1, rows.length);
  return {
    previous: mean((r) => weights[r * T + r - 1]),
    self: mean((r) => weights[r * T + r]),
    distance: mean((r) => row_of(head, r).reduce((total, w, c) => total + w * (r - c), 0)),
  };
}

/**
 * The sum that gives component d of z_i, with its `count` largest weights written out.
 * @param {Pick<Head, "weights" | "values" | "T" | "D">} head
 * @param {number} i
 * @param {number} d
 * @param {number} [count]
 */
export function sum_in_words(head, i, d, count = 3) {
  const strongest = row_of(head, i)
    .map((weight, j) => ({ weight, value: head.values[j * head.D + d] }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, count);
  const factor = (value) => (value < 0 ? `(${format_number(value, 2)})` : format_number(value, 2));
  const terms = strongest.map(
    ({ weight, value }) => `${format_number(weight, 2)} · ${factor(value)}`,
  );
  return terms.join(" + ") + (i >= count ? " + …" : "");
}
