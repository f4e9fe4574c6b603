// The bound of a VAE taken apart: latent space, what is decoded, and the bound's parts.

import { normal } from "aigc/maths/views/_shared/arithmetic.js";
import { button, slider } from "aigc/maths/views/_shared/controls.js";
import { gaussian_handles } from "aigc/maths/views/_shared/gaussian_handles.js";
import {
  buttons,
  column,
  columns,
  figures,
  foot,
  legend,
} from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { elbo } from "aigc/maths/views/noise/elbo.js";
import { linspace } from "aigc/ui/arithmetic.js";
import { create_bar_chart } from "aigc/ui/bar_chart.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Gaussian } from "aigc/maths/views/_shared/arithmetic.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @typedef {ReturnType<typeof elbo>} Bound */
/** @typedef {{ x: number, q: Gaussian, slope: number, spread: number }} Model */

const GRID = linspace([-4, 4], 241); // of z
const WIDE_GRID = linspace([-6, 6], 241); // of x
const TOP = 1.3; // of the plot of latent space
const PRIOR = { mean: 0, width: 1 };

/** @param {Bound} bound */
function formula_pieces({ reconstruction, kl, elbo }) {
  const x = coloured("data", "x"),
    expected = coloured("generated", "\\mathbb E_{q}[\\log p(x\\mid z)]"),
    divergence = coloured("latent", "D_{\\mathrm{KL}}(q(z\\mid x)\\,\\|\\,p(z))");
  return [
    `\\log p(${x}) \\;\\ge\\; ${expected} - ${divergence}`,
    `= ${coloured("generated", tex(reconstruction))} - ${coloured("latent", tex(kl))}` +
      ` = ${coloured("loss", tex(elbo))}`,
  ];
}

/** @param {Bound} bound */
function evidence_pieces({ elbo, gap, evidence }) {
  const x = coloured("data", "x"),
    q = coloured("latent", "q(z\\mid x)"),
    bound = coloured("loss", "\\text{ELBO}");
  return [
    `\\log p(${x}) = ${bound} + D_{\\mathrm{KL}}(${q}\\,\\|\\,p(z\\mid x))`,
    `= ${coloured("loss", tex(elbo))} + ${tex(gap)} = ${tex(evidence)}`,
  ];
}

/**
 * @param {number[]} grid
 * @param {Gaussian} gaussian
 */
const density = (grid, { mean, width }) => curve(grid, (x) => normal(x, mean, width));

/**
 * Latent space: the prior, the true posterior, and q, which is moved.
 * @param {Stage} stage
 * @param {Model} model
 * @param {() => void} changed
 */
function latent_plot({ text }, model, changed) {
  const plot = create_plot({
    x: [-4, 4],
    y: [0, TOP],
    label: text("latent"),
    names: { x: "z" },
    ticks: { x: [-4, -2, 0, 2, 4] },
  });
  const area = plot.area("latent"),
    lines = {
      prior: plot.line("noise dotted"),
      posterior: plot.line("inked dashed"),
      q: plot.line("latent"),
    };
  const handles = gaussian_handles(plot, {
    look: "latent",
    labels: { mean: text("q_mean"), width: text("q_width") },
    means: [-3, 3],
    sides: [-3, 4],
    widths: [0.1, 2.5],
    top: TOP,
    get: () => model.q,
    set: (q) => {
      model.q = q;
      changed();
    },
  });
  lines.prior(density(GRID, PRIOR));
  /** @param {Bound} bound */
  function show({ posterior }) {
    area(density(GRID, model.q));
    lines.q(density(GRID, model.q));
    lines.posterior(density(GRID, posterior));
    handles.show();
  }
  return { element: plot.element, show };
}

/**
 * The observation, what z = μ is decoded to, and how likely each x is at all.
 * @param {Stage} stage
 * @param {Model} model
 * @param {() => void} changed
 */
function observed_plot({ text }, model, changed) {
  const plot = create_plot({
    x: [-6, 6],
    y: [0, 0.6],
    label: text("seen"),
    names: { x: "x" },
    ticks: { x: [-6, -4, -2, 0, 2, 4, 6] },
  });
  const marginal = plot.line("noise dotted"),
    decoded = plot.line("generated"),
    rule = plot.dot("data rule");
  const handle = plot.handle({
    look: "data",
    label: text("x"),
    range: { x: [-5, 5] },
    step: 0.05,
    move: ([x]) => {
      model.x = x;
      changed();
    },
  });
  function show() {
    const { x, q, slope, spread } = model;
    marginal(density(WIDE_GRID, { mean: 0, width: Math.hypot(slope, spread) }));
    decoded(density(WIDE_GRID, { mean: slope * q.mean, width: spread }));
    handle.show([x, 0], `x = ${number(x, 2)}`);
    rule.show([x, 0]);
  }
  return { element: plot.element, show };
}

/**
 * @param {Stage} stage
 * @param {Model} model
 * @param {() => void} changed
 */
function create_controls({ text }, model, changed) {
  const change = (to) => {
    Object.assign(model, to());
    changed();
  };
  const spread = slider({
    label: text("spread"),
    min: 0.2,
    max: 2,
    step: 0.05,
    value: model.spread,
    name: "spread",
    act: (to) => change(() => ({ spread: to })),
  });
  const slope = slider({
    label: text("slope"),
    min: 0,
    max: 3,
    step: 0.05,
    value: model.slope,
    name: "slope",
    act: (to) => change(() => ({ slope: to })),
  });
  const best = () => ({ q: elbo(model.x, model.q, model.slope, model.spread).posterior }),
    prior = () => ({ q: PRIOR });
  const presets = buttons(
    button(text("tighten"), () => change(best)),
    button(text("collapse"), () => change(prior)),
  );
  return foot(presets, spread.element, slope.element);
}

/**
 * The parts of the bound, as bars and as figures.
 * @param {Stage} stage
 */
function bound_parts({ text }) {
  const bars = create_bar_chart({
    y: [-7, 0.6],
    label: text("parts_of"),
    columns: ["rec", "−KL", "ELBO", "ln p(x)"],
    look: "plain",
    sets: [{ look: ["generated", "latent", "loss", "inked pale"] }],
  });
  const numbers = figures({
    reconstruction: [text("reconstruction"), "generated"],
    kl: [text("kl"), "latent"],
    elbo: ["ELBO", "loss"],
    evidence: ["ln p(x)"],
    gap: [text("gap")],
  });
  /** @param {Bound} bound */
  function show({ reconstruction, kl, elbo, evidence, gap }) {
    bars.show([[reconstruction, -kl, elbo, evidence]]);
    const shown = Object.entries({ reconstruction, kl, elbo, evidence, gap });
    numbers.show(Object.fromEntries(shown.map(([key, value]) => [key, number(value)])));
  }
  return { bars: bars.element, figures: numbers.element, show };
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function elbo_part(stage) {
  const { text } = stage;
  /** @type {Model} */
  const model = { x: 2.2, q: { mean: 0.4, width: 0.9 }, slope: 1.5, spread: 0.8 };
  const changed = () => draw();
  const formula = stage.formula(),
    evidence = stage.formula(),
    latent = latent_plot(stage, model, changed),
    observed = observed_plot(stage, model, changed),
    controls = create_controls(stage, model, changed),
    parts = bound_parts(stage);
  const latent_keys = legend([
      ["latent", "q(z | x)"],
      ["noise dotted", "p(z)"],
      ["inked dashed", "p(z | x)"],
    ]),
    observed_keys = legend([
      ["generated", "p(x | z = μ)"],
      ["noise dotted", "p(x)"],
    ]);
  const plotted = columns(
    column(text("latent"), latent_keys, latent.element),
    column(text("seen"), observed_keys, observed.element),
    column(text("parts_of"), parts.bars),
  );
  function draw() {
    const bound = elbo(model.x, model.q, model.slope, model.spread);
    formula.show(...formula_pieces(bound));
    evidence.show(...evidence_pieces(bound));
    latent.show(bound);
    observed.show();
    parts.show(bound);
    stage.conclude(
      text(bound.gap < 0.0005 ? "elbo_tight" : "elbo_said", {
        elbo: number(bound.elbo),
        evidence: number(bound.evidence),
        gap: number(bound.gap),
      }),
    );
  }
  return {
    elements: [formula.element, evidence.element, plotted, controls, parts.figures],
    draw,
  };
}
