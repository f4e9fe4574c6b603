// As in aigc_demo/text/sampling.py, in the browser's float64: from logits z to a character. Ranks
// run from the likeliest on. z.beyond(T), where there is one: what all that has no logit of its own
// weighs at temperature T, the likeliest weighing 1.
export function ranking(z) {
  return Uint32Array.from(z.keys()).sort((a, b) => z[b] - z[a] || a - b);
}
export function stages(z, order, { temperature, top_k, top_p, min_p }) {
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const weights = Float64Array.from(order, (token) =>
      Math.exp((z[token] - z[order[0]]) / temperature),
    ),
    all = sum(weights) + (z.beyond?.(temperature) ?? 0);
  const tempered = weights.map((weight) => weight / all); // p = softmax(z / T)
  const kept = tempered.slice();
  if (top_k) kept.fill(0, top_k); // 1. top-k
  if (top_p < 1) {
    // 2. top-p, of what top-k left: a token stays while those before it hold less
    const enough = top_p * sum(kept);
    let before = 0;
    kept.forEach((p, rank) => {
      if (before >= enough) kept[rank] = 0;
      before += p;
    });
  }
  kept.forEach((p, rank) => {
    if (p < min_p * kept[0]) kept[rank] = 0;
  }); // 3. min-p
  const left = sum(kept);
  return { tempered, left, kept: kept.map((p) => p / left) };
}
export function fall(kept, u) {
  // on which rank u falls when all that is kept lies end to end, and from where to where that
  // reaches
  const end = kept.reduce((total, p) => total + p, 0);
  let from = 0,
    rank = 0;
  while (rank < kept.length - 1 && from + kept[rank] <= u * end) from += kept[rank++];
  return { rank, from, to: from + kept[rank] };
}
