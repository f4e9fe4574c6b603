// Noise in one step: q(x_t | x_0) beside twelve paths that were made step by step.

import { normal } from "aigc/maths/views/_shared/arithmetic.js";
import { choice } from "aigc/maths/views/_shared/controls.js";
import {
  column,
  figures,
  foot,
  head,
  legend,
  wide_first,
} from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { normal_numbers } from "aigc/maths/views/noise/random.js";
import {
  decibels,
  forward_path,
  LAST,
  noised,
  PLOTTED,
  STEPS,
} from "aigc/maths/views/noise/schedules.js";
import { linspace } from "aigc/ui/arithmetic.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Point } from "aigc/ui/scale.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { Schedule } from "aigc/maths/views/noise/schedules.js" */
/** @typedef {{ t: number, schedule: Schedule }} Time which two parts change */
/** @typedef {ReturnType<typeof noised>} Noised */

const NOISE = Array.from({ length: 12 }, (_, i) => normal_numbers(i + 1, STEPS));
const GRID = linspace([-4, 4], 241);

/**
 * @param {number} x_0
 * @param {Noised} now
 */
function formula_pieces(x_0, { alpha_bar, mean, width }) {
  const data = coloured("data", "x_0"),
    variance = coloured("noise", "(1 - \\bar\\alpha_t)"),
    value = coloured("data", tex(x_0, 2, true)),
    noise = coloured("noise", tex(1 - alpha_bar, 4));
  const result = `${coloured("data", tex(mean, 2))},\\; ${coloured("noise", `${tex(width, 2)}^2`)}`;
  return [
    `q(x_t \\mid ${data}) = \\mathcal N\\bigl(x_t;\\; \\sqrt{\\bar\\alpha_t}\\,${data},` +
      `\\; ${variance}\\bigr)`,
    `= \\mathcal N\\bigl(\\sqrt{${tex(alpha_bar, 4)}}\\cdot ${value},\\; ${noise}\\bigr)` +
      ` = \\mathcal N\\bigl(${result}\\bigr)`,
  ];
}

/**
 * x over t: the mean, twice the width around it, and the paths.
 * @param {Stage} stage
 * @param {(change: { x_0?: number, t?: number }) => void} move
 */
function path_plot({ text }, move) {
  const plot = create_plot({
    x: [0, LAST],
    y: [-4, 4],
    label: text("fan"),
    names: { x: "t", y: "x" },
    ticks: { x: [0, 250, 500, 750, 999], y: [-4, -2, 0, 2, 4] },
  });
  const lines = NOISE.map(() => plot.line("noise faint")),
    band = [2, -2].map((by) => ({ by, draw: plot.line("noise thin dashed") })),
    mean_line = plot.line("data"),
    rule = plot.dot("inked rule");
  const start = plot.handle({
    look: "data",
    label: text("x_0"),
    along: "y",
    step: 0.05,
    column: 0,
    range: { y: [-3, 3] },
    move: ([, x_0]) => move({ x_0 }),
  });
  const time = plot.handle({
    look: "inked",
    label: text("t"),
    step: 1,
    move: ([t]) => move({ t }),
  });
  /**
   * @param {{ x_0: number } & Time} now
   * @param {number[][]} paths
   */
  function show({ x_0, t, schedule }, paths) {
    const all = PLOTTED.map((each) => noised(x_0, each, schedule));
    mean_line(curve(PLOTTED, (_, i) => all[i].mean));
    for (const { by, draw } of band)
      draw(curve(PLOTTED, (_, i) => all[i].mean + by * all[i].width));
    paths.forEach((path, k) => {
      lines[k]([[0, x_0], ...curve(PLOTTED.slice(0, -1), (each) => path[each])]);
    });
    rule.show([t, 0]);
    start.show([0, x_0], `x₀ = ${number(x_0, 2)}`);
    time.show([t, noised(x_0, t, schedule).mean], `t = ${t}`);
  }
  return { element: plot.element, show };
}

/**
 * The density at step t, with the paths' places then.
 * @param {Stage} stage
 */
function density_plot({ text }) {
  const plot = create_plot({
    x: [-4, 4],
    y: [0, 1],
    label: text("density"),
    ticks: { x: [-4, -2, 0, 2, 4] },
  });
  const area = plot.area("noise"),
    line = plot.line("noise"),
    limit = plot.line("soft dotted thin"),
    origin = plot.dot("data rule"),
    marks = NOISE.map(() => plot.dot("noise round tiny"));
  /**
   * @param {number} x_0
   * @param {Noised} now
   * @param {number[]} places
   */
  function show(x_0, { mean, width }, places) {
    const density = GRID.map((x) => normal(x, mean, width)),
      scale = 1 / Math.max(1, ...density); // so that a narrow peak fits
    const shape = curve(GRID, (_, i) => density[i] * scale);
    area(shape);
    line(shape);
    limit(curve(GRID, (x) => normal(x, 0, 1) * scale));
    origin.show([x_0, 0]);
    places.forEach((x, k) => {
      marks[k].show([x, 0.03]);
    });
  }
  return { element: plot.element, show };
}

/**
 * @param {Stage} stage
 * @param {Element} paths
 * @param {Element} density
 */
function side_by_side({ text }, paths, density) {
  const path_keys = legend([
      ["data", text("mean")],
      ["noise dashed", text("twice")],
      ["noise faint", text("walks")],
    ]),
    density_keys = legend([
      ["noise", "q(xₜ | x₀)"],
      ["soft dotted", "N(0, 1)"],
    ]);
  return wide_first(column(path_keys, paths), column(head(text("density"), density_keys), density));
}

/** @param {Stage} stage */
function create_figures({ text }) {
  const { element, show } = figures({
    alpha_bar: ["ᾱₜ"],
    mean: [text("mean"), "data"],
    width: [text("width"), "noise"],
    decibels: [text("snr")],
  });
  return {
    element,
    /** @param {Noised} now */
    show: ({ alpha_bar, mean, width }) =>
      show({
        alpha_bar: number(alpha_bar, 4),
        mean: number(mean, 2),
        width: number(width, 2),
        decibels: number(decibels(alpha_bar), 1),
      }),
  };
}

/**
 * @param {Stage} stage
 * @param {Time} time
 * @returns {Part}
 */
export function forward_part(stage, time) {
  const { text } = stage;
  let x_0 = 2;
  const move = (change) => {
    x_0 = change.x_0 ?? x_0;
    time.t = change.t ?? time.t;
    draw();
  };
  const formula = stage.formula(),
    path = path_plot(stage, move),
    density = density_plot(stage),
    numbers = create_figures(stage);
  const schedule = choice({
    label: text("schedule"),
    options: /** @type {[Schedule, string][]} */ ([
      ["linear", text("linear")],
      ["cosine", text("cosine")],
    ]),
    value: time.schedule,
    name: "schedule",
    act: (to) => {
      time.schedule = to;
      draw();
    },
  });
  function draw() {
    const now = noised(x_0, time.t, time.schedule),
      paths = NOISE.map((noise) => forward_path(x_0, time.schedule, noise));
    formula.show(...formula_pieces(x_0, now));
    path.show({ x_0, ...time }, paths);
    density.show(
      x_0,
      now,
      paths.map((each) => each[time.t]),
    );
    numbers.show(now);
    stage.conclude(
      text("leap_said", {
        t: time.t,
        share: number(100 * now.alpha_bar, 1),
        x: number(x_0, 2),
        mean: number(now.mean, 2),
        width: number(now.width, 2),
      }),
    );
  }
  const plotted = side_by_side(stage, path.element, density.element);
  return {
    elements: [formula.element, plotted, foot(schedule.element, numbers.element)],
    draw,
  };
}
