// The draw of one position: the random number on the line of what is kept, in words and in
// formulas.

import { segments } from "aigc/text/views/inspect/sampling.js";

/**
 * @typedef {import("aigc/text/views/inspect/branches.js").Branch} Branch
 * @typedef {ReturnType<typeof import("aigc/text/views/inspect/branches.js").position_of>} Position
 */

/**
 * The key of the sentence that says how a position's token came about: whether a visitor chose it,
 * and whether its random number falls on it.
 * @param {boolean} chosen
 * @param {boolean} falls
 */
export function verdict(chosen, falls) {
  if (chosen) return falls ? "agreed" : "chosen";
  return falls ? "falls" : "would";
}

/** The line, on which what has no row of its own is one segment with its neighbours. */
export function draw_line() {
  const { make, number, visible } = window.aigc;
  const line = make("div", { class: "line" }),
    marker = make("div", { class: "u" }),
    result = make("div", { class: "result generated" });
  const element = make("div", { class: "fall" }, line, marker, result);

  /**
   * @param {Branch} branch
   * @param {number} at
   * @param {Position} position
   * @param {number[]} ranks
   */
  function draw(branch, at, { order, filtered_probs, rank, u }, ranks) {
    const text = ({ r, named, q }) => {
      if (q < 0.05) return "";
      return named ? visible(branch.alphabet[order[r]]) : "…";
    };
    line.replaceChildren(
      ...segments(filtered_probs, ranks).map((segment) => {
        const { r, named, from, q } = segment;
        const look = `segment${r === rank ? " hit" : ""}${named ? "" : " many"}`;
        const style = `top: ${100 * from}%; height: ${100 * q}%`;
        return make("div", { class: look, style }, text(segment));
      }),
    );
    marker.style.top = `${100 * u}%`;
    element.style.setProperty("--u", String(u));
    result.replaceChildren(
      make("span", { class: "noise" }, "u", make("sub", {}, at + 1), ` = ${number(u, 4)}`),
      make("b", {}, visible(branch.alphabet[order[rank]])),
    );
  }
  return { element, draw };
}

/**
 * The sentence about a draw, with `rewrite` where it would go another way now, and its formulas.
 * @param {Words} words
 * @param {HTMLElement} rewrite
 */
export function explanation(words, rewrite) {
  const { make, say, number, visible } = window.aigc;
  const share = (p) => (p > 0 && p < 0.0005 ? p.toPrecision(2) : number(p, 3));
  const letter = (name, ...below) => make("span", {}, make("i", {}, name), ...below);
  const message = make("p", { class: "message", "aria-live": "polite" }),
    formula = make("div", { class: "formula", translate: "no" });

  /**
   * @param {Branch} branch
   * @param {number} at
   * @param {Position} position
   * @param {number} temperature
   */
  function draw(branch, at, position, temperature) {
    const { order, rank } = position,
      token = branch.tokens[at];
    const [now, drawn] = [order[rank], token].map((each) => visible(branch.alphabet[each]));
    const word = verdict(branch.chosen.has(at), order[rank] === token);
    message.className = `message ${word}`;
    message.replaceChildren(
      say(words[word], { index: at + 1, now, drawn }),
      ...(word === "would" ? [rewrite] : []),
    );
    formula.replaceChildren(...formulas(now, at, position, temperature));
  }
  function formulas(
    now,
    at,
    { z, order, probs, filtered_probs, left, rank, from, to, u },
    temperature,
  ) {
    const T = number(temperature, 2),
      of = (name) => letter(name, "(", make("b", {}, now), ")"),
      indexed = (name) => letter(name, make("sub", {}, at + 1)),
      [p, q] = [probs[rank], filtered_probs[rank]].map(share);
    return [
      make(
        "p",
        {},
        of("p"),
        ` = exp(${number(z[order[rank]], 2)} / ${T}) / Σ exp(`,
        letter("z"),
        ` / ${T}) = ${p}`,
      ),
      make("p", {}, of("q"), ` = ${p} / ${share(left)} = ${q}`),
      make(
        "p",
        {},
        `${number(from, 4)} ≤ `,
        indexed("u"),
        ` = ${number(u, 4)} < ${number(to, 4)}  ⟹  `,
        indexed("x"),
        " = ",
        make("b", { class: "generated" }, now),
      ),
    ];
  }
  return { message, formula, draw };
}
