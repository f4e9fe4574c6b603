// The candidates of one position, a row each: logit, probability, and what the cuts leave of it.

/**
 * @typedef {import("aigc/text/views/inspect/branches.js").Branch} Branch
 * @typedef {ReturnType<typeof import("aigc/text/views/inspect/branches.js").position_of>} Position
 */

/**
 * The ranks that have a row: the first, and those of `others`, whatever they are.
 * @param {number} count of rows
 * @param {number} candidates
 * @param {number[]} others
 */
export function shown_ranks(count, candidates, others) {
  const far = [...new Set(others)].filter((rank) => rank >= count).sort((a, b) => a - b);
  return [...Array(Math.min(count, candidates) - far.length).keys(), ...far];
}

/**
 * Where the bar of `value` begins, and how long it is, on a track from `low` to `high`, of which
 * one end may be 0; shares of the track.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function bar_of(value, low, high) {
  const span = high - low || 1;
  return [(Math.min(value, 0) - low) / span, Math.abs(value) / span];
}

/**
 * The rows, and the last, of all that have none; force(token) is called when one is clicked.
 * @param {Words} words
 * @param {number} count
 * @param {HTMLElement} other the field in which another one is typed
 * @param {(token: number) => void} force
 */
export function candidate_table(words, count, other, force) {
  const { make, say, number, visible } = window.aigc;
  const cell_of = (kind) => {
    const bar = make("i"),
      figure = make("span", { class: "figure" }),
      track = make("span", { class: "track" }, bar);
    return { bar, figure, cell: make("span", { class: `cell ${kind}` }, track, figure) };
  };
  const row_of = () => {
    const glyph = make("b", { class: "glyph" }),
      cells = ["z", "p", "q"].map(cell_of);
    const row = make(
      "button",
      { type: "button", class: "rank candidate" },
      glyph,
      ...cells.map(({ cell }) => cell),
    );
    row.addEventListener("click", () => force(+row.dataset.token));
    return { row, glyph, cells };
  };
  const rows = Array.from({ length: count }, row_of);
  const rest_count = make("span"),
    rest_figures = [make("span", { class: "figure" }), make("span", { class: "figure" })],
    scales = [make("span"), make("span")];
  const rest = make(
    "div",
    { class: "rank rest" },
    make("b", { class: "glyph" }, "…"),
    make("span", { class: "cell" }, rest_count),
    ...rest_figures.map((figure, i) => make("span", { class: "cell" }, i ? "" : other, figure)),
  );

  /**
   * Shows the position where `branch` has its token of rank `standing`.
   * @param {Branch} branch
   * @param {Position} position
   * @param {number[]} ranks
   * @param {number} standing
   */
  function draw(branch, position, ranks, standing) {
    const { z, order, probs, filtered_probs } = position;
    const low = Math.min(0, ...ranks.map((r) => z[order[r]])),
      high = Math.max(0, ...ranks.map((r) => z[order[r]]));
    // a flat distribution's bars are drawn longer, and that is said
    const zoom = filtered_probs[0] < 0.2 ? 5 : 1;
    rows.forEach((row, i) => {
      const r = ranks[i];
      row.row.hidden = r === undefined;
      if (row.row.hidden) return;
      const bars = [
        bar_of(z[order[r]], low, high),
        ...[probs, filtered_probs].map((shares) => [0, Math.min(1, zoom * shares[r])]),
      ];
      row.row.classList.toggle("standing", r === standing);
      fill(row, branch, position, r, bars);
    });
    draw_rest(branch, position, ranks);
    scales.forEach((scale) => {
      scale.textContent = zoom > 1 ? ` ×${zoom}` : "";
    });
  }
  function fill({ row, glyph, cells }, branch, { z, order, probs, filtered_probs, rank }, r, bars) {
    const values = [z[order[r]], probs[r], filtered_probs[r]],
      character = visible(branch.alphabet[order[r]]);
    row.dataset.token = order[r];
    row.classList.toggle("off", filtered_probs[r] === 0);
    row.classList.toggle("hit", r === rank);
    glyph.textContent = character;
    cells.forEach(({ bar, figure }, j) => {
      const [left, width] = bars[j];
      Object.assign(bar.style, { left: `${100 * left}%`, width: `${100 * width}%` });
      const cut = j === 2 && filtered_probs[r] === 0;
      figure.textContent = cut ? say(words.cut) : number(values[j], j ? 3 : 2);
    });
    const [logit, p, q] = values.map((value, j) => number(value, j ? 3 : 2));
    row.setAttribute("aria-label", say(words.row, { character, z: logit, p, q }));
  }
  function draw_rest(branch, { order, probs, filtered_probs }, ranks) {
    const left = (values) => 1 - ranks.reduce((total, r) => total + values[r], 0);
    rest_figures.forEach((figure, i) => {
      figure.textContent = number(Math.max(0, left([probs, filtered_probs][i])), 3);
    });
    const others = (branch.vocabulary ?? order.length) - ranks.length;
    rest_count.textContent = say(words.more, { count: number(others, 0) });
  }
  return { elements: [...rows.map(({ row }) => row), rest], rows, scales, draw };
}
