// Two Gaussians: their densities, what each x adds to the divergence, and its closed form.

import { gaussian_kl, log_normal } from "aigc/maths/views/_shared/arithmetic.js";
import { gaussian_handles } from "aigc/maths/views/_shared/gaussian_handles.js";
import { column, columns, foot, head, legend, remark } from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { both_figures, FORWARD, REVERSE } from "aigc/maths/views/divergence/common.js";
import { linspace } from "aigc/ui/arithmetic.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Gaussian } from "aigc/maths/views/_shared/arithmetic.js" */
/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */

/** @type {Range} */
const SPAN = [-6, 6];
const TICKS = { x: [-6, -4, -2, 0, 2, 4, 6] };
const TOP = 0.8; // of the plot of densities
const GRID = linspace(SPAN, 301);
const COLOURS = { p: "data", q: "generated" };

/** The closed form in symbols. */
function symbols() {
  const [mu_p, sigma_p] = ["\\mu_P", "\\sigma_P"].map((each) => coloured("data", each)),
    [mu_q, sigma_q] = ["\\mu_Q", "\\sigma_Q"].map((each) => coloured("generated", each));
  return (
    `\\log\\frac{${sigma_q}}{${sigma_p}}` +
    ` + \\frac{${sigma_p}^2 + (${mu_p} - ${mu_q})^2}{2 ${sigma_q}^2} - \\tfrac12`
  );
}

/**
 * The same with the numbers of D(A‖B).
 * @param {Gaussian} a
 * @param {Gaussian} b
 * @param {[string, string]} colours of both
 */
function numbers_in(a, b, [one, other]) {
  const width_a = tex(a.width, 2),
    width_b = tex(b.width, 2),
    mean_a = coloured(one, tex(a.mean, 2)),
    mean_b = coloured(other, tex(b.mean, 2, true));
  return (
    `\\log\\frac{${coloured(other, width_b)}}{${coloured(one, width_a)}}` +
    ` + \\frac{${coloured(one, `${width_a}^2`)} + (${mean_a} - ${mean_b})^2}` +
    `{2\\cdot ${coloured(other, `${width_b}^2`)}} - \\tfrac12`
  );
}

/**
 * Both densities, and what each x adds.
 * @param {Stage} stage
 */
function create_plots({ text }) {
  const densities = create_plot({
      x: SPAN,
      y: [0, TOP],
      label: text("densities"),
      ticks: TICKS,
    }),
    integrands = create_plot({
      x: SPAN,
      y: [-0.5, 1.6],
      label: text("integrands"),
      ticks: TICKS,
    });
  const areas = {
      p: densities.area("data"),
      q: densities.area("generated"),
      forward: integrands.area("loss"),
    },
    lines = {
      p: densities.line("data"),
      q: densities.line("generated dashed"),
      forward: integrands.line("loss"),
      reverse: integrands.line("loss dotted"),
    };
  /** @param {{ p: Gaussian, q: Gaussian }} pair */
  function show({ p, q }) {
    const log_p = GRID.map((x) => log_normal(x, p.mean, p.width)),
      log_q = GRID.map((x) => log_normal(x, q.mean, q.width));
    const curves = {
      p: curve(GRID, (_, i) => Math.exp(log_p[i])),
      q: curve(GRID, (_, i) => Math.exp(log_q[i])),
      forward: curve(GRID, (_, i) => Math.exp(log_p[i]) * (log_p[i] - log_q[i])),
      reverse: curve(GRID, (_, i) => Math.exp(log_q[i]) * (log_q[i] - log_p[i])),
    };
    for (const [name, draw] of Object.entries(areas)) draw(curves[name]);
    for (const [name, draw] of Object.entries(lines)) draw(curves[name]);
  }
  return { densities, integrands, show };
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function gaussians_part(stage) {
  const { text } = stage;
  const pair = { p: { mean: -1, width: 0.8 }, q: { mean: 1, width: 1.6 } };
  const forward_formula = stage.formula(),
    reverse_formula = stage.formula(),
    plots = create_plots(stage),
    numbers = both_figures(stage);
  const handles = ["p", "q"].map((name) =>
    gaussian_handles(plots.densities, {
      look: COLOURS[name],
      labels: { mean: text(`mean_${name}`), width: text(`width_${name}`) },
      means: [-4, 4],
      sides: [-6, 7],
      widths: [0.3, 3],
      top: TOP,
      get: () => pair[name],
      set: (to) => {
        pair[name] = to;
        draw();
      },
    }),
  );
  const density_keys = legend([
      ["data", "P"],
      ["generated dashed", "Q"],
    ]),
    integrand_keys = legend([
      ["loss", "p ln (p / q)"],
      ["loss dotted", "q ln (q / p)"],
    ]);
  const plotted = columns(
    column(head(text("densities"), density_keys), plots.densities.element),
    column(head(text("integrands"), integrand_keys), plots.integrands.element),
  );
  function draw() {
    const { p, q } = pair,
      forward = gaussian_kl(p, q),
      reverse = gaussian_kl(q, p);
    forward_formula.show(
      `${FORWARD} = ${symbols()}`,
      `= ${numbers_in(p, q, ["data", "generated"])} = ${coloured("loss", tex(forward))}`,
    );
    const filled = numbers_in(q, p, ["generated", "data"]);
    reverse_formula.show(`${REVERSE} = ${filled} = ${coloured("loss", tex(reverse))}`);
    plots.show(pair);
    for (const each of handles) each.show();
    numbers.show(forward, reverse);
    stage.conclude(text("gaussians_said", { forward: number(forward), reverse: number(reverse) }));
  }
  const under = foot(numbers.element, remark(text("gaussians_remark")));
  return {
    elements: [forward_formula.element, reverse_formula.element, plotted, under],
    draw,
  };
}
