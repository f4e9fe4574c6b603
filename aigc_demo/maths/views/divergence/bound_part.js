// Why the divergence is never negative: ln x lies under x − 1 at every ratio x = Q / P.

import { column, legend, remark, wide_first } from "aigc/maths/views/_shared/layout.js";
import { tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import {
  both_figures,
  both_ways,
  FORWARD,
  OUTCOMES,
  P,
  pair_buttons,
  Q,
} from "aigc/maths/views/divergence/common.js";
import { with_probability } from "aigc/maths/views/divergence/kl.js";
import { linspace, sum } from "aigc/ui/arithmetic.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { Pair } from "aigc/maths/views/divergence/common.js" */

const MAX_RATIO = 4;
const LOWEST = -3; // of the plot
const GRID = linspace([0, MAX_RATIO], 241);

/**
 * @param {Pair} pair
 * @param {number} forward
 */
function formula_pieces({ p, q }, forward) {
  const covered = sum(q.filter((_, i) => p[i] > 0)),
    bound = tex(covered - 1, 2);
  return [
    `-${FORWARD} = \\sum_x ${P}\\log\\frac{${Q}}{${P}}`,
    `\\;\\le\\; \\sum_x ${P}\\Bigl(\\frac{${Q}}{${P}} - 1\\Bigr)` +
      ` = \\sum_x ${Q} - \\sum_x ${P} = ${bound}`,
    `\\qquad ${tex(-forward)} \\le ${bound}`,
  ];
}

/**
 * The plot of both curves, with a handle and a gap at the ratio of each outcome.
 * @param {Stage} stage
 * @param {(i: number, ratio: number) => void} move
 */
function ratio_plot({ text }, move) {
  const plot = create_plot({
    x: [0, MAX_RATIO],
    y: [LOWEST, 3],
    label: text("bound"),
    names: { x: "x = Q / P" },
    ticks: { x: [0, 1, 2, 3, 4], y: [-3, -2, -1, 0, 1, 2, 3] },
  });
  const over = plot.line("inked dashed"),
    under = plot.line("attention"),
    gaps = OUTCOMES.map(() => plot.line("loss")),
    names = OUTCOMES.map((name) => plot.dot("inked name", name));
  const handles = OUTCOMES.map((name, i) =>
    plot.handle({
      look: "generated small",
      label: text("ratio_of", { name }),
      range: { x: [0, MAX_RATIO] },
      move: ([to]) => move(i, to),
    }),
  );
  over(curve(GRID, (x) => x - 1));
  under(curve(GRID, Math.log));
  function show_outcome(x, i) {
    const log = Math.log(x),
      seen = x <= MAX_RATIO ? x : NaN;
    const gap = curve([x, x], (_, end) => (end ? x - 1 : Math.log(Math.max(x, 1e-6))));
    gaps[i](Number.isFinite(x) ? gap : []);
    handles[i].show(
      [seen, Math.max(log, LOWEST)],
      text("ratio_text", { x: number(x, 2), log: number(log, 2) }),
    );
    names[i].show([seen + 0.16, log - 0.32]);
  }
  /** @param {number[]} ratios */
  return { element: plot.element, show: (ratios) => ratios.forEach(show_outcome) };
}

/** A table with a row for each outcome. */
function ratio_table() {
  const { make } = window.aigc;
  const body = make("tbody", {});
  const head = ["", "P", "Q", "x", "ln x", "x − 1"].map((name) =>
    name ? make("th", { scope: "col" }, name) : make("td"),
  );
  function show_outcome(name, numbers) {
    const cells = numbers.map((each) => make("td", {}, number(each, 2)));
    return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
  }
  return {
    element: make("div", { class: "scroll" }, make("table", { translate: "no" }, body)),
    /**
     * @param {Pair} pair
     * @param {number[]} ratios
     */
    show({ p, q }, ratios) {
      const rows = ratios.map((x, i) =>
        show_outcome(OUTCOMES[i], [p[i], q[i], x, Math.log(x), x - 1]),
      );
      body.replaceChildren(make("tr", {}, ...head), ...rows);
    },
  };
}

/**
 * @param {Stage} stage
 * @param {Pair} pair
 * @returns {Part}
 */
export function bound_part(stage, pair) {
  const { text } = stage;
  const formula = stage.formula(),
    table = ratio_table(),
    numbers = both_figures(stage);
  const plot = ratio_plot(stage, (i, ratio) => {
    pair.q = with_probability(pair.q, i, Math.min(1, ratio * pair.p[i]));
    draw();
  });
  const keys = legend([
    ["inked dashed", "x − 1"],
    ["attention", "ln x"],
    ["loss", text("gap")],
  ]);
  const plotted = wide_first(
    column(
      keys,
      plot.element,
      pair_buttons(stage, pair, () => draw()),
    ),
    column(text("each_outcome"), table.element, numbers.element, remark(text("bound_remark"))),
  );
  function draw() {
    const ratios = pair.p.map((each, i) => pair.q[i] / each),
      { forward, reverse } = both_ways(pair);
    formula.show(...formula_pieces(pair, forward));
    plot.show(ratios);
    table.show(pair, ratios);
    numbers.show(forward, reverse);
    stage.conclude(text("bound_said", { forward: number(forward) }));
  }
  return { elements: [formula.element, plotted], draw };
}
