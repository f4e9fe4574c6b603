// The texts that branch from one another: what each is made of, and the numbers of one position.

import { next_token_distribution, ranking, sample } from "aigc/text/views/inspect/sampling.js";
import { bytes } from "aigc/ui/arrays.js";

/**
 * @typedef {import("aigc/text/views/inspect/sampling.js").Sampling} Sampling
 *
 * A position's logits as they come: (V,) float32 in base64; or, of a vocabulary too large for that,
 * the likeliest tokens (int32), theirs, and what all others weigh at each temperature from 0.1 on.
 * @typedef {string | { tokens: string, z: string, rest: string }} PackedLogits
 *
 * What Python sends: see text/inspection.py and llm/inspection.py.
 * @typedef {object} Value
 * @property {number} [ticket] of the request that it answers; none: of the opening result
 * @property {string} model
 * @property {string} prompt
 * @property {number} seed
 * @property {Sampling} sampling
 * @property {Record<number, string>} alphabet the text of each token
 * @property {number} [vocabulary] how many tokens there are, where not all have a logit
 * @property {number[]} numbers the random number of each position
 * @property {number[]} tokens
 * @property {number} start how many of them were forced
 * @property {PackedLogits[]} logits of each drawn token
 * @property {boolean} finished
 *
 * A text, and how it came about.
 * @typedef {Value & Own} Branch
 * @typedef {object} Own
 * @property {{ z: any, likeliest?: Uint32Array }[]} unpacked each position's logits by token
 * @property {string | null} key what it was asked with
 * @property {Uint32Array[]} orders each position's tokens by rank
 * @property {Set<number>} chosen the positions where a visitor chose
 * @property {[position: number, text: string | null] | null} title where it left its parent
 * @property {number} depth
 * @property {string} [under] the sampling at which `now` holds
 * @property {number[]} now what would be drawn at each position
 *
 * A visitor's request: the text that is left at `position`, where `character`, a text or a token,
 * comes next; null: what is drawn there now.
 * @typedef {object} Request
 * @property {Branch | null} from
 * @property {number} position
 * @property {string | number | null} character
 * @property {string | null} key
 * @property {Branch | null} branch which it became
 * @property {boolean} [shown]
 */

/**
 * A position's logits by token, and where only the likeliest are told, these by rank.
 * @param {PackedLogits} packed
 */
export function unpack(packed) {
  if (typeof packed === "string") return { z: new Float32Array(bytes(packed).buffer) };
  const likeliest = new Uint32Array(bytes(packed.tokens).buffer),
    values = new Float32Array(bytes(packed.z).buffer),
    rest = new Float32Array(bytes(packed.rest).buffer);
  const z = { beyond: (temperature) => rest[Math.round((temperature - 0.1) / 0.05)] };
  likeliest.forEach((token, rank) => {
    z[token] = values[rank];
  });
  return { z, likeliest };
}

/**
 * All numbers of one position: logits, ranks, distribution, and where its random number falls.
 * @param {Branch} branch
 * @param {number} index
 * @param {Sampling} sampling
 */
export function position_of(branch, index, sampling) {
  branch.unpacked[index] ??= unpack(branch.logits[index]);
  const { z, likeliest } = branch.unpacked[index];
  branch.orders[index] ??= likeliest ?? ranking(z);
  const order = branch.orders[index],
    u = branch.numbers[index];
  const distribution = next_token_distribution(z, order, sampling);
  return { z, order, u, ...distribution, ...sample(distribution.filtered_probs, u) };
}

/**
 * The text of a branch's positions from `begin` up to `end`.
 * @param {Branch} branch
 * @param {number} [begin]
 * @param {number} [end]
 */
export const spelt = (branch, begin, end) =>
  branch.tokens
    .slice(begin, end)
    .map((token) => branch.alphabet[token])
    .join("");

/**
 * How a branch begins that leaves `from` at `position`, where `next` comes: a text; or, where a
 * text is told in tokens, tokens of which the last may be a text that was typed.
 * @param {Branch | null} from
 * @param {number} position
 * @param {string | number | null} next
 * @param {boolean} in_tokens
 */
export function beginning(from, position, next, in_tokens) {
  if (in_tokens)
    return [...(from?.tokens.slice(0, position) ?? []), ...(next === null ? [] : [next])];
  return from ? spelt(from, 0, position) + (next ?? "") : "";
}

/**
 * Puts a new branch, without any text yet, among `branches`: under its parent, after its elder
 * sisters.
 * @param {Branch[]} branches
 * @param {Value} value
 * @param {Request} request
 * @returns {Branch}
 */
export function add_branch(branches, value, { from, position, character, key }) {
  const before = (of) => of?.slice(0, value.start) ?? []; // what it shares with its parent
  const chosen = [...(from?.chosen ?? []), ...((character ?? null) === null ? [] : [position])];
  const begun = typeof character === "number" ? from.alphabet[character] : character;
  const branch = {
    ...value,
    key,
    logits: before(from?.logits),
    unpacked: before(from?.unpacked),
    orders: before(from?.orders),
    under: from?.under,
    now: before(from?.now),
    chosen: new Set(chosen.filter((index) => index < value.start)),
    alphabet: { ...from?.alphabet, ...value.alphabet },
    title: from ? /** @type {[number, string]} */ ([position, begun]) : null,
    depth: from ? from.depth + 1 : 0,
  };
  let place = from ? branches.indexOf(from) + 1 : branches.length;
  while (from && branches[place]?.depth > from.depth) place++;
  branches.splice(place, 0, branch);
  return branch;
}

/**
 * Gives a branch what was written since.
 * @param {Branch} branch
 * @param {Value} value
 */
export function extend(branch, { tokens, numbers, alphabet, logits, start }) {
  Object.assign(branch, {
    tokens,
    numbers,
    alphabet: { ...branch.alphabet, ...alphabet },
    logits: [...branch.logits.slice(0, start), ...logits],
  });
}

/**
 * Where the view opens: at a draw that did not go the likeliest way, with something cut off among
 * the first `seen` ranks.
 * @param {Branch} branch
 * @param {Sampling} sampling
 * @param {number} seen
 */
export function telling_position(branch, sampling, seen) {
  const found = branch.tokens.findIndex((_, i) => {
    const { rank, filtered_probs } = position_of(branch, i, sampling);
    return rank > 0 && filtered_probs[seen] === 0;
  });
  return Math.max(0, found);
}
