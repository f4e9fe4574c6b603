// From logits to a token, in the browser's float64, as in aigc_demo/text/sampling.py. Ranks run
// from the likeliest on.

/**
 * The logits by token. beyond(T), where there is one: what all tokens without a logit of their own
 * weigh at temperature T, the likeliest weighing 1.
 * @typedef {{ [token: number]: number, beyond?: (temperature: number) => number }} Logits
 *
 * How a token is drawn: one temperature and three cuts. See SamplingParams.
 * @typedef {{ temperature: number, top_k: number, top_p: number, min_p: number }} Sampling
 *
 * What one draw is made from, by rank: the probabilities at this temperature, those that the cuts
 * leave, and what these have together before they are made to sum to 1 again.
 * @typedef {object} NextTokenDistribution
 * @property {Float64Array} probs
 * @property {Float64Array} filtered_probs
 * @property {number} left
 */

/** @param {Float64Array} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * The tokens, the likeliest first, equals by their number.
 * @param {Float32Array} z
 */
export function ranking(z) {
  return Uint32Array.from(z.keys()).sort((a, b) => z[b] - z[a] || a - b);
}

/**
 * What one draw is made from.
 * @param {Logits} z
 * @param {Uint32Array} order the tokens by rank
 * @param {Sampling} sampling
 * @returns {NextTokenDistribution}
 */
export function next_token_distribution(z, order, { temperature, top_k, top_p, min_p }) {
  const weights = Float64Array.from(order, (token) =>
    Math.exp((z[token] - z[order[0]]) / temperature),
  );
  const all = sum(weights) + (z.beyond?.(temperature) ?? 0);
  const probs = weights.map((weight) => weight / all); // p = softmax(z / T)
  const filtered_probs = probs.slice();
  if (top_k) filtered_probs.fill(0, top_k); // 1. top-k
  if (top_p < 1) cut_tail(filtered_probs, top_p); // 2. top-p, of what top-k left
  filtered_probs.forEach((p, rank) => {
    if (p < min_p * filtered_probs[0]) filtered_probs[rank] = 0;
  }); // 3. min-p
  const left = sum(filtered_probs);
  return { probs, left, filtered_probs: filtered_probs.map((p) => p / left) };
}

/** A token stays while those before it have less than `top_p` of the whole. */
function cut_tail(filtered_probs, top_p) {
  const enough = top_p * sum(filtered_probs);
  let before = 0;
  filtered_probs.forEach((p, rank) => {
    if (before >= enough) filtered_probs[rank] = 0;
    before += p;
  });
}

/**
 * The rank on which `u`, a random number in [0, 1), falls when all that is kept lies end to end on
 * a line, and from where to where that rank reaches.
 * @param {Float64Array} filtered_probs
 * @param {number} u
 */
export function sample(filtered_probs, u) {
  const end = sum(filtered_probs);
  let from = 0,
    rank = 0;
  while (rank < filtered_probs.length - 1 && from + filtered_probs[rank] <= u * end)
    from += filtered_probs[rank++];
  return { rank, from, to: from + filtered_probs[rank] };
}

/**
 * The line on which a random number falls: a segment for each rank of `named`, and one for all
 * neighbours between them.
 * @param {Float64Array} filtered_probs
 * @param {number[]} named
 * @returns {{ r: number, named: boolean, from: number, q: number }[]}
 */
export function segments(filtered_probs, named) {
  const found = [];
  let from = 0;
  filtered_probs.forEach((q, r) => {
    if (!q) return;
    const own = named.includes(r),
      last = found.at(-1);
    if (own || !last || last.named) found.push({ r, named: own, from, q });
    else last.q += q;
    from += q;
  });
  return found;
}
