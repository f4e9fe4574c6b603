// Two noise schedules: what each leaves of the data's variance, and its ratio of signal to noise.

import { column, columns, figures, head, legend, remark } from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { ALPHA_BAR, decibels, LAST, PLOTTED, snr } from "aigc/maths/views/noise/schedules.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { Time } from "aigc/maths/views/noise/forward_part.js" */

const COLOURS = { linear: "latent", cosine: "attention" };
const STROKES = { linear: "latent", cosine: "attention dashed" };
const NAMES = Object.keys(COLOURS);
const TIMES = [0, 250, 500, 750, 999];

/** @param {number} t */
function formula_pieces(t) {
  const ratio = (name) => {
    const alpha_bar = ALPHA_BAR[name][t],
      fraction = `\\frac{${tex(alpha_bar, 4)}}{${tex(1 - alpha_bar, 4)}}`;
    return coloured(COLOURS[name], `${fraction} = ${tex(snr(alpha_bar), 4)}`);
  };
  return [
    "\\bar\\alpha_t = \\prod_{s\\le t}(1-\\beta_s)," +
      "\\quad \\mathrm{SNR}_t = \\frac{\\bar\\alpha_t}{1-\\bar\\alpha_t}",
    ...NAMES.map((name) => `\\qquad ${ratio(name)}`),
  ];
}

/**
 * Two plots over t, each with a line and a dot for either schedule.
 * @param {Stage} stage
 */
function create_plots({ text }) {
  const kept = create_plot({
    x: [0, LAST],
    y: [0, 1],
    label: text("kept"),
    names: { x: "t" },
    ticks: { x: TIMES, y: [0, 0.5, 1] },
    digits: { y: 1 },
  });
  const ratio = create_plot({
    x: [0, LAST],
    y: [-50, 50],
    label: text("ratio"),
    names: { x: "t" },
    ticks: { x: TIMES, y: [-40, -20, 0, 20, 40] },
  });
  const plots = [
    { plot: kept, of: (alpha_bar) => alpha_bar },
    { plot: ratio, of: decibels },
  ];
  for (const name of NAMES)
    for (const { plot, of } of plots)
      plot.line(STROKES[name])(curve(PLOTTED, (t) => of(ALPHA_BAR[name][t])));
  const rules = plots.map(({ plot }) => plot.dot("inked rule"));
  const dots = NAMES.flatMap((name) =>
    plots.map(({ plot, of }) => ({ name, of, dot: plot.dot(`${COLOURS[name]} round`) })),
  );
  /** @param {number} t */
  function show(t) {
    for (const { name, of, dot } of dots) dot.show([t, of(ALPHA_BAR[name][t])]);
    for (const rule of rules) rule.show([t, 0]);
  }
  return { kept, ratio, show };
}

/**
 * Figures of both schedules, as their names begin in tests: linear_kept, cosine_db.
 * @param {Stage} stage
 * @param {string} key
 * @param {string} symbol
 */
function both_figures({ text }, key, symbol) {
  const { element, show } = figures(
    Object.fromEntries(
      NAMES.map((name) => [`${name}_${key}`, [`${symbol} ${text(name)}`, COLOURS[name]]]),
    ),
  );
  return {
    element,
    /** @param {(name: string) => string} written */
    show: (written) =>
      show(Object.fromEntries(NAMES.map((name) => [`${name}_${key}`, written(name)]))),
  };
}

/**
 * @param {Stage} stage
 * @param {Time} time
 * @returns {Part}
 */
export function schedules_part(stage, time) {
  const { text } = stage;
  const formula = stage.formula(),
    plots = create_plots(stage),
    kept_figures = both_figures(stage, "kept", "ᾱₜ"),
    ratio_figures = both_figures(stage, "db", "dB");
  const handle = plots.kept.handle({
    look: "inked",
    label: text("t"),
    step: 1,
    move: ([t]) => {
      time.t = t;
      draw();
    },
  });
  const keys = legend(NAMES.map((name) => [STROKES[name], text(name)]));
  const plotted = columns(
    column(head(text("kept"), keys), plots.kept.element, kept_figures.element),
    column(text("ratio"), plots.ratio.element, ratio_figures.element),
  );
  const [linear, cosine] = NAMES.map((name) => ALPHA_BAR[name].findIndex((each) => each < 0.5));
  function draw() {
    const { t } = time;
    formula.show(...formula_pieces(t));
    plots.show(t);
    handle.show([t, 0], `t = ${t}`);
    kept_figures.show((name) => number(ALPHA_BAR[name][t], 4));
    ratio_figures.show((name) => number(decibels(ALPHA_BAR[name][t]), 1));
    stage.conclude(text("schedules_said", { t, linear, cosine }));
  }
  return { elements: [formula.element, plotted, remark(text("schedules_remark"))], draw };
}
