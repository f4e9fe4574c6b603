// What the parts on divergence share: its symbols, its two figures, the pair of distributions.

import { button } from "aigc/maths/views/_shared/controls.js";
import { buttons, figures } from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured } from "aigc/maths/views/_shared/tex.js";
import { kl, with_probability } from "aigc/maths/views/divergence/kl.js";
import { format_number } from "aigc/ui/format.js";

/** @import { Stage } from "aigc/maths/views/_shared/stage.js" */
/** @typedef {{ p: number[], q: number[] }} Pair two distributions, which two parts change */

export const OUTCOMES = ["a", "b", "c", "d"];
export const P = coloured("data", "P");
export const Q = coloured("generated", "Q");
export const FORWARD = `D_{\\mathrm{KL}}(${P}\\,\\|\\,${Q})`;
export const REVERSE = `D_{\\mathrm{KL}}(${Q}\\,\\|\\,${P})`;

/**
 * The divergence both ways.
 * @param {Stage} stage
 */
export function both_figures({ text }) {
  const { element, show } = figures({
    forward: [text("forward"), "loss"],
    reverse: [text("reverse"), "loss"],
  });
  return {
    element,
    /**
     * @param {number} forward
     * @param {number} reverse
     */
    show: (forward, reverse) =>
      show({ forward: format_number(forward), reverse: format_number(reverse) }),
  };
}

/**
 * The divergence of a pair, both ways.
 * @param {Pair} pair
 */
export const both_ways = ({ p, q }) => ({ forward: kl(p, q), reverse: kl(q, p) });

/**
 * Buttons that change a pair as a whole.
 * @param {Stage} stage
 * @param {Pair} pair
 * @param {() => void} changed
 */
export function pair_buttons({ text }, pair, changed) {
  const change = (key, to) =>
    button(text(key), () => {
      Object.assign(pair, to());
      changed();
    });
  return buttons(
    change("equal", () => ({ q: [...pair.p] })),
    change("swap", () => ({ p: pair.q, q: pair.p })),
    change("missing", () => ({ q: with_probability(pair.q, 0, 0) })),
  );
}
