// What Python sends of one training step, and what the stages make of it.

import { bytes, rows_of } from "aigc/ui/arrays.js";

/**
 * @typedef {import("aigc/ui/arrays.js").Packed} Packed
 *
 * What `train` of view.py gives. T characters, T - 1 predictions; D is the width of a head.
 * @typedef {object} Value
 * @property {string[]} text
 * @property {number[]} ids
 * @property {number} vocabulary
 * @property {number} learning_rate
 * @property {number} temperature
 * @property {number} seed
 * @property {number} width of a vector
 * @property {Packed} vectors the first components of each embedded character
 * @property {number[]} frequencies (D / 2) radians a character
 * @property {Packed} lengths (T, layers + 1) of each vector after each layer
 * @property {{ shape: number[], uint8: string }} maps (layers, H, T, T) attention, 255 for 1
 * @property {[layer: number, head: number]} shown the head that looks back furthest
 * @property {string[][]} guesses the likeliest next characters at each position
 * @property {{ scores: Packed, probabilities: Packed }} guessed theirs
 * @property {number[]} scores the logit of each character that came
 * @property {number[]} totals the logarithm of the sum of all logits' exponentials
 * @property {number[]} probabilities of each character that came
 * @property {number[]} losses nats
 * @property {[before: number, after: number]} loss
 * @property {[before: number, after: number]} gradient its norm
 * @property {(Group & { norms: [before: number, after: number] })[]} groups
 * @property {number} clip what the gradient is multiplied with
 * @property {WeightUpdate} weight_update
 * @property {[before: Writing, after: Writing]} continuations
 * @property {Both} [problem]
 *
 * @typedef {{ part: string, layer: number | null }} Group weights that belong together
 * @typedef {Record<"row" | "column" | "before" | "after" | "gradient", number>
 *   & { group: Group }} WeightUpdate of the weight with the steepest gradient
 * @typedef {{ greedy: string, sampled: string }} Writing what is written on, in two ways
 *
 * The same, unpacked.
 * @typedef {Omit<Value, "vectors" | "lengths" | "guesses" | "maps"> & {
 *   vectors: number[][],
 *   lengths: number[][],
 *   guesses: [character: string, score: number, probability: number][][],
 *   maps: { shape: number[], weights: Uint8Array },
 * }} Step
 *
 * What a stage shows: a sentence, and what stands above it.
 * @typedef {{ said: string, body: Node[] }} Stage
 */

/**
 * The numbers of a step, unpacked.
 * @param {Value} value
 * @returns {Step}
 */
export function unpack(value) {
  const [scores, probabilities] = [value.guessed.scores, value.guessed.probabilities].map(rows_of);
  return {
    ...value,
    vectors: rows_of(value.vectors),
    lengths: rows_of(value.lengths),
    guesses: value.guesses.map((row, at) =>
      row.map((character, n) => [character, scores[at][n], probabilities[at][n]]),
    ),
    maps: { shape: value.maps.shape, weights: bytes(value.maps.uint8) },
  };
}

/**
 * The weights, 0 to 1, that a row's character gives to those before it, and to itself.
 * @param {Step["maps"]} maps
 * @param {number} layer
 * @param {number} head
 * @param {number} row
 */
export function attention_row({ shape, weights }, layer, head, row) {
  const [, H, T] = shape,
    begin = ((layer * H + head) * T + row) * T;
  return Array.from(weights.subarray(begin, begin + row + 1), (weight) => weight / 255);
}

/**
 * From where on `size` of `count` rows are seen, with row `t` as far in the middle as it can be.
 * @param {number} t
 * @param {number} size
 * @param {number} count
 */
export const window_start = (t, size, count) =>
  Math.max(0, Math.min(t - Math.floor(size / 2), count - size));

/**
 * How many characters two texts begin with alike.
 * @param {string} one
 * @param {string} other
 */
export function common_length(one, other) {
  const n = [...one].findIndex((character, at) => character !== other[at]);
  return n < 0 ? one.length : n;
}
