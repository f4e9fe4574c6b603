// The best discriminator against a generator that stands still, and what the game is worth then.

import { normal, sigmoid } from "aigc/maths/views/_shared/arithmetic.js";
import { button, slider } from "aigc/maths/views/_shared/controls.js";
import { gaussian_handles } from "aigc/maths/views/_shared/gaussian_handles.js";
import {
  buttons,
  column,
  columns,
  figures,
  foot,
  head,
  legend,
} from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { GRID, game } from "aigc/maths/views/minimax/game.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Gaussian } from "aigc/maths/views/_shared/arithmetic.js" */
/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @typedef {ReturnType<typeof game>} Game */
/** @typedef {{ data: Gaussian, generated: Gaussian, sharpness: number }} Setting */

/** @type {Range} */
const SPAN = [-6, 6];
const TICKS = [-6, -4, -2, 0, 2, 4, 6];
const TOP = 0.8; // of the plot of densities
const FIRST = GRID.findIndex((x) => x >= SPAN[0]); // of the places that are plotted
const SEEN = GRID.filter((x) => x >= SPAN[0] && x <= SPAN[1]);
const DATA = coloured("data", "p_{\\text{data}}");
const GENERATED = coloured("generated", "p_g");
const D = coloured("attention", "D");
const G = coloured("generated", "G");

/** @param {Game} game */
function value_pieces({ value }) {
  const expectation = (from, of) => `\\mathbb E_{x\\sim ${from}}[\\log ${of}]`;
  return [
    `${D}^*(x) = \\frac{${DATA}(x)}{${DATA}(x) + ${GENERATED}(x)}`,
    `\\qquad V(${D}, ${G}) = ${expectation(DATA, `${D}(x)`)}` +
      ` + ${expectation(GENERATED, `(1 - ${D}(x))`)} = ${coloured("loss", tex(value))}`,
  ];
}

/** @param {Game} game */
const best_value_pieces = ({ js, best_value }) => [
  `\\max_{${D}} V(${D}, ${G}) = V(${D}^*, ${G})` +
    ` = 2\\,\\mathrm{JS}(${DATA}\\,\\|\\,${GENERATED}) - \\log 4`,
  `= 2\\cdot ${tex(js)} - 1.386 = ${coloured("attention", tex(best_value))}`,
];

/**
 * Both densities, which are moved.
 * @param {Stage} stage
 * @param {Setting} setting
 * @param {() => void} changed
 */
function density_plot({ text }, setting, changed) {
  const plot = create_plot({
    x: SPAN,
    y: [0, TOP],
    label: text("densities"),
    ticks: { x: TICKS },
  });
  const areas = { data: plot.area("data"), generated: plot.area("generated") },
    lines = { data: plot.line("data"), generated: plot.line("generated dashed") };
  const names = ["data", "generated"];
  const handles = names.map((name) =>
    gaussian_handles(plot, {
      look: name,
      labels: { mean: text(`${name}_mean`), width: text(`${name}_width`) },
      means: [-4, 4],
      sides: SPAN,
      widths: [0.3, 2.5],
      top: TOP,
      get: () => setting[name],
      set: (to) => {
        setting[name] = to;
        changed();
      },
    }),
  );
  function show() {
    for (const name of names) {
      const { mean, width } = setting[name],
        density = curve(SEEN, (x) => normal(x, mean, width));
      areas[name](density);
      lines[name](density);
    }
    for (const each of handles) each.show();
  }
  return { element: plot.element, show };
}

/**
 * The probability of "real" that the best discriminator gives, and the visitor's own.
 * @param {Stage} stage
 */
function verdict_plot({ text }) {
  const plot = create_plot({
    x: SPAN,
    y: [-0.03, 1.03],
    label: text("verdict"),
    ticks: { x: TICKS, y: [0, 0.5, 1] },
    digits: { y: 1 },
  });
  const half = plot.line("soft dotted thin"),
    best = plot.line("attention"),
    own = plot.line("loss dashed");
  half(curve(SPAN, () => 0.5));
  /**
   * @param {number[]} logits
   * @param {number} sharpness
   */
  function show(logits, sharpness) {
    best(curve(SEEN, (_, i) => sigmoid(logits[FIRST + i])));
    own(curve(SEEN, (_, i) => sigmoid(sharpness * logits[FIRST + i])));
  }
  return { element: plot.element, show };
}

/**
 * @param {Stage} stage
 * @param {Setting} setting
 * @param {() => void} changed
 */
function create_controls({ text }, setting, changed) {
  const sharpness = slider({
    label: text("sharpness"),
    min: 0,
    max: 3,
    step: 0.05,
    value: setting.sharpness,
    name: "sharpness",
    act: (to) => {
      setting.sharpness = to;
      changed();
    },
  });
  const equal = button(text("equal"), () => {
    setting.generated = { ...setting.data };
    changed();
  });
  return [buttons(equal), sharpness.element];
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function best_part(stage) {
  const { text } = stage;
  /** @type {Setting} */
  const setting = {
    data: { mean: -0.8, width: 1 },
    generated: { mean: 1.4, width: 0.7 },
    sharpness: 0.5,
  };
  const changed = () => draw();
  const formula = stage.formula(),
    best_formula = stage.formula(),
    densities = density_plot(stage, setting, changed),
    verdict = verdict_plot(stage);
  const numbers = figures({
    value: [text("value"), "loss"],
    best_value: [text("best_value"), "attention"],
    js: [text("js")],
  });
  const density_keys = legend([
      ["data", text("data")],
      ["generated dashed", text("generated")],
    ]),
    verdict_keys = legend([
      ["attention", "D*"],
      ["loss dashed", text("yours")],
    ]);
  const plotted = columns(
    column(head(text("densities"), density_keys), densities.element),
    column(head(text("verdict"), verdict_keys), verdict.element),
  );
  function draw() {
    const now = game(setting.data, setting.generated, setting.sharpness),
      { value, best_value, js } = now;
    formula.show(...value_pieces(now));
    best_formula.show(...best_value_pieces(now));
    densities.show();
    verdict.show(now.logits, setting.sharpness);
    numbers.show({ value: number(value), best_value: number(best_value), js: number(js) });
    stage.conclude(
      text(js < 1e-9 ? "best_equal" : "best_said", {
        value: number(value),
        best: number(best_value),
        lost: number(best_value - value),
        js: number(js),
      }),
    );
  }
  const under = foot(...create_controls(stage, setting, changed), numbers.element);
  return { elements: [formula.element, best_formula.element, plotted, under], draw };
}
