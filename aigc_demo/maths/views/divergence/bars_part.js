// Two distributions of four outcomes, and what each outcome adds to the divergence.

import { column, columns, foot, head, legend } from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import {
  both_figures,
  both_ways,
  FORWARD,
  OUTCOMES,
  P,
  pair_buttons,
  Q,
  REVERSE,
} from "aigc/maths/views/divergence/common.js";
import { kl_terms, with_probability } from "aigc/maths/views/divergence/kl.js";
import { create_bar_chart } from "aigc/ui/bar_chart.js";
import { format_number as number } from "aigc/ui/format.js";

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { Pair } from "aigc/maths/views/divergence/common.js" */

/**
 * The sum written out: a log (a / b) of each outcome.
 * @param {number[]} a
 * @param {number[]} b
 * @param {[string, string]} colours
 */
function terms(a, b, [one, other]) {
  const first = a.map((each) => coloured(one, tex(each, 2))),
    second = b.map((each) => coloured(other, tex(each, 2)));
  return first.map((each, i) => `${each}\\log\\tfrac{${each}}{${second[i]}}`).join("+");
}

/**
 * @param {Stage} stage
 * @param {Pair} pair
 * @param {() => void} changed
 */
function create_both_bars({ text }, pair, changed) {
  const movable = (name, look) => ({
    look,
    label: (i) => text(`of_${name}`, { name: OUTCOMES[i] }),
    move: (i, to) => {
      pair[name] = with_probability(pair[name], i, to);
      changed();
    },
  });
  const distributions = create_bar_chart({
    y: [0, 1],
    label: text("distributions"),
    columns: OUTCOMES,
    look: "plain",
    sets: [movable("p", "data"), movable("q", "generated")],
  });
  const contributions = create_bar_chart({
    y: [-0.6, 1],
    label: text("contributions"),
    columns: OUTCOMES,
    look: "plain",
    sets: [{ look: "loss" }, { look: "loss pale" }],
  });
  return { distributions, contributions };
}

/**
 * @param {Stage} stage
 * @param {Pair} pair
 * @returns {Part}
 */
export function bars_part(stage, pair) {
  const { text } = stage;
  const forward_formula = stage.formula(),
    reverse_formula = stage.formula(),
    { distributions, contributions } = create_both_bars(stage, pair, () => draw()),
    numbers = both_figures(stage);
  const plotted = columns(
    column(
      head(
        text("distributions"),
        legend([
          ["data filled", "P"],
          ["generated filled", "Q"],
        ]),
      ),
      distributions.element,
    ),
    column(
      head(
        text("contributions"),
        legend([
          ["loss filled", "P ln (P / Q)"],
          ["loss filled pale", "Q ln (Q / P)"],
        ]),
      ),
      contributions.element,
    ),
  );
  function conclude(forward, reverse) {
    const infinite = forward === Infinity || reverse === Infinity,
      key = forward < 1e-9 ? "bars_same" : infinite ? "bars_open" : "bars_said";
    stage.conclude(text(key, { forward: number(forward), reverse: number(reverse) }));
  }
  function draw() {
    const { p, q } = pair,
      { forward, reverse } = both_ways(pair);
    forward_formula.show(
      `${FORWARD} = \\sum_x ${P}(x)\\log\\frac{${P}(x)}{${Q}(x)}`,
      `= ${terms(p, q, ["data", "generated"])} = ${coloured("loss", tex(forward))}`,
    );
    reverse_formula.show(
      `${REVERSE} = ${terms(q, p, ["generated", "data"])} = ${coloured("loss", tex(reverse))}`,
    );
    distributions.show([p, q]);
    contributions.show([kl_terms(p, q), kl_terms(q, p)]);
    numbers.show(forward, reverse);
    conclude(forward, reverse);
  }
  const under = foot(
    pair_buttons(stage, pair, () => draw()),
    numbers.element,
  );
  return {
    elements: [forward_formula.element, reverse_formula.element, plotted, under],
    draw,
  };
}
