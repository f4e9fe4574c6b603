// One Gaussian for a mixture of two: the nearest in each direction of the divergence.

import { normal } from "aigc/maths/views/_shared/arithmetic.js";
import { slider } from "aigc/maths/views/_shared/controls.js";
import {
  column,
  figures,
  foot,
  heading,
  legend,
  remark,
  wide_first,
} from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { P } from "aigc/maths/views/divergence/common.js";
import { fit_gaussian, GRID, log_mixture } from "aigc/maths/views/divergence/kl.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @typedef {ReturnType<typeof fit_gaussian>} Fit */

/** @type {Range} */
const SPAN = [-6, 6];
const TOP = 0.6; // of the plot
const FIRST = GRID.findIndex((x) => x >= SPAN[0]); // of the places that are plotted
const SEEN = GRID.filter((x) => x >= SPAN[0] && x <= SPAN[1]);

/**
 * @param {Fit} forward
 * @param {Fit} reverse
 */
function formula_pieces(forward, reverse) {
  const normal_of = (colour, { mean, width }) =>
    `\\mathcal N(${coloured(colour, `${tex(mean, 2)},\\,${tex(width, 2)}^2`)})`;
  const least = "\\arg\\min_{Q} D_{\\mathrm{KL}}";
  return [
    `${coloured("generated", "Q_1")} = ${least}(${P}\\,\\|\\,Q)` +
      ` = ${normal_of("generated", forward)}`,
    `\\qquad ${coloured("attention", "Q_2")} = ${least}(Q\\,\\|\\,${P})` +
      ` = ${normal_of("attention", reverse)}`,
  ];
}

/**
 * The figures of both fits.
 * @param {Stage} stage
 */
function create_figures({ text }) {
  const create = (name, colour) =>
    figures({
      [`${name}_mean`]: [text(`${name}_mean`), colour],
      [`${name}_width`]: [text(`${name}_width`), colour],
      [`fit_${name}`]: [text(name), "loss"],
    });
  const both = {
    forward: create("forward", "generated"),
    reverse: create("reverse", "attention"),
  };
  /** @param {Record<"forward" | "reverse", Fit>} fits */
  function show(fits) {
    for (const [name, { mean, width, divergence }] of Object.entries(fits))
      both[name].show({
        [`${name}_mean`]: number(mean, 2),
        [`${name}_width`]: number(width, 2),
        [`fit_${name}`]: number(divergence),
      });
  }
  return { forward: both.forward.element, reverse: both.reverse.element, show };
}

/**
 * The mixture and its two fits, with handles that set its distance and the search's start.
 * @param {Stage} stage
 * @param {(change: { distance?: number, start?: number }) => void} move
 */
function fit_plot({ text }, move) {
  const plot = create_plot({
    x: SPAN,
    y: [0, TOP],
    label: text("fits"),
    ticks: { x: [-6, -4, -2, 0, 2, 4, 6] },
  });
  const area = plot.area("data"),
    lines = {
      p: plot.line("data"),
      forward: plot.line("generated"),
      reverse: plot.line("attention dashed"),
    };
  const distance_handle = plot.handle({
    look: "data",
    label: text("distance"),
    range: { x: [0, 4] },
    step: 0.05,
    move: ([distance]) => move({ distance }),
  });
  const start_handle = plot.handle({
    look: "attention small",
    label: text("start"),
    range: { x: [-4, 4] },
    step: 0.1,
    move: ([start]) => move({ start }),
  });
  function show({ distance, start }, log_p, fits) {
    const density = curve(SEEN, (_, i) => Math.exp(log_p[FIRST + i]));
    area(density);
    lines.p(density);
    for (const [name, { mean, width }] of Object.entries(fits))
      lines[name](curve(SEEN, (x) => normal(x, mean, width)));
    const at = GRID.findIndex((x) => x >= distance);
    distance_handle.show(
      [distance, Math.min(TOP, Math.exp(log_p[at]))],
      text("distance_text", { distance: number(distance, 2) }),
    );
    start_handle.show([start, 0], text("start_text", { start: number(start, 1) }));
  }
  return { element: plot.element, show };
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function fit_part(stage) {
  const { text } = stage;
  const now = { distance: 2, share: 0.6, width: 0.7, start: -1 };
  const change = (to) => {
    Object.assign(now, to);
    draw();
  };
  const formula = stage.formula(),
    plot = fit_plot(stage, change),
    numbers = create_figures(stage);
  const share = slider({
    label: text("share"),
    min: 0.05,
    max: 0.95,
    step: 0.01,
    value: now.share,
    name: "share",
    act: (to) => change({ share: to }),
  });
  const width = slider({
    label: text("width"),
    min: 0.3,
    max: 2,
    step: 0.05,
    value: now.width,
    name: "width",
    act: (to) => change({ width: to }),
  });
  const keys = legend([
    ["data", text("mixture")],
    ["generated", text("covers")],
    ["attention dashed", text("seeks")],
  ]);
  const plotted = wide_first(
    column(keys, plot.element, foot(share.element, width.element)),
    column(
      text("covers"),
      numbers.forward,
      heading(text("seeks")),
      numbers.reverse,
      remark(text("fit_remark")),
    ),
  );
  function draw() {
    const log_p = log_mixture(now),
      forward = fit_gaussian(log_p, true, now.start),
      reverse = fit_gaussian(log_p, false, now.start);
    formula.show(...formula_pieces(forward, reverse));
    plot.show(now, log_p, { forward, reverse });
    numbers.show({ forward, reverse });
    stage.conclude(
      text("fit_said", {
        forward: number(forward.divergence),
        reverse: number(reverse.divergence),
        tries: forward.tries + reverse.tries,
      }),
    );
  }
  return { elements: [formula.element, plotted], draw };
}
