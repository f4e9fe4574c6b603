// Two classes: loss and gradient over the guess ŷ.

import { choice } from "aigc/maths/views/_shared/controls.js";
import {
  column,
  figures,
  head,
  legend,
  remark,
  wide_first,
} from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { binary_losses } from "aigc/maths/views/entropy/cross_entropy.js";
import { linspace } from "aigc/ui/arithmetic.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";
import { curve } from "aigc/ui/scale.js";

/** @import { Point } from "aigc/ui/scale.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */

const GRID = linspace([0, 1], 201);

/** @param {Stage} stage */
function create_plots({ text }) {
  const loss = create_plot({
    x: [0, 1],
    y: [0, 5],
    label: text("loss_plot"),
    names: { x: "ŷ", y: "L" },
    ticks: { x: [0, 0.25, 0.5, 0.75, 1], y: [0, 1, 2, 3, 4, 5] },
    digits: { x: 2 },
  });
  const slope = create_plot({
    x: [0, 1],
    y: [-1.05, 1.05],
    label: text("pull_plot"),
    names: { x: "ŷ", y: "∂L / ∂z" },
    ticks: { x: [0, 0.5, 1], y: [-1, 0, 1] },
    digits: { x: 1 },
  });
  return { loss, slope };
}

/**
 * The tangent of the loss at the guess, of a length that looks the same everywhere.
 * @param {number} guess
 * @param {{ loss: number, slope: number }} losses
 * @returns {Point[]}
 */
export function tangent_at(guess, { loss, slope }) {
  if (!Number.isFinite(loss)) return [];
  const reach = 0.5 / Math.hypot(1, slope / 5);
  return [
    [guess - reach, loss - reach * slope],
    [guess + reach, loss + reach * slope],
  ];
}

/**
 * @param {number} y
 * @param {number} guess
 * @param {number} loss
 */
function formula_pieces(y, guess, loss) {
  const y_hat = coloured("attention", "\\hat y"),
    right = coloured("attention", tex(guess, 2)),
    wrong = coloured("attention", tex(1 - guess, 2)),
    value = coloured("loss", tex(loss));
  return [
    `L(y, ${y_hat}) = -\\bigl[\\,y\\log ${y_hat} + (1-y)\\log(1-${y_hat})\\,\\bigr]`,
    `= -\\bigl[\\,${y}\\cdot\\log ${right} + ${1 - y}\\cdot\\log ${wrong}\\,\\bigr] = ${value}`,
  ];
}

/**
 * The figures under each plot.
 * @param {Stage} stage
 */
function create_figures({ text }) {
  const by_guess = figures({
    loss: [text("cross"), "loss"],
    slope: [text("slope_of"), "attention"],
    squared: [text("squared")],
    squared_slope: [text("squared_slope_of")],
  });
  const by_logit = figures({
    slope_z: [text("pull_cross"), "loss"],
    squared_slope_z: [text("pull_squared")],
  });
  /** @param {ReturnType<typeof binary_losses>} now */
  function show(now) {
    by_guess.show({
      loss: number(now.loss),
      slope: number(now.slope, 2),
      squared: number(now.squared),
      squared_slope: number(now.squared_slope, 2),
    });
    by_logit.show({
      slope_z: number(now.slope_z, 2),
      squared_slope_z: number(now.squared_slope_z),
    });
  }
  return { by_guess, by_logit, show };
}

/**
 * @param {ReturnType<typeof create_plots>} plots
 */
function create_marks({ loss, slope }) {
  const lines = {
    squared: loss.line("inked dashed thin"),
    loss: loss.line("loss"),
    tangent: loss.line("attention thin"),
    squared_slope: slope.line("inked dashed thin"),
    slope: slope.line("loss"),
  };
  const dots = {
    squared: loss.dot("inked round"),
    squared_slope: slope.dot("inked round"),
    slope: slope.dot("loss round"),
  };
  /**
   * @param {number} y
   * @param {number} guess
   */
  return function show(y, guess) {
    const now = binary_losses(y, guess),
      at = GRID.map((each) => binary_losses(y, each));
    lines.loss(curve(GRID, (_, i) => at[i].loss));
    lines.squared(curve(GRID, (_, i) => at[i].squared));
    lines.slope(curve(GRID, (_, i) => at[i].slope_z));
    lines.squared_slope(curve(GRID, (_, i) => at[i].squared_slope_z));
    lines.tangent(tangent_at(guess, now));
    dots.squared.show([guess, now.squared]);
    dots.squared_slope.show([guess, now.squared_slope_z]);
    dots.slope.show([guess, now.slope_z]);
  };
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function binary_part(stage) {
  const { text } = stage;
  let y = 1,
    guess = 0.12;
  const formula = stage.formula(),
    plots = create_plots(stage),
    show_marks = create_marks(plots),
    numbers = create_figures(stage);
  const handle = plots.loss.handle({
    look: "attention",
    label: text("guess"),
    range: { x: [0, 1] },
    move: ([to]) => {
      guess = to;
      draw();
    },
  });
  const truth = choice({
    label: text("truth"),
    options: [
      [1, "y = 1"],
      [0, "y = 0"],
    ],
    value: y,
    name: "y",
    act: (to) => {
      y = to;
      draw();
    },
  });
  const keys = legend([
    ["loss", text("cross")],
    ["inked dashed", text("squared")],
    ["attention", text("tangent")],
  ]);
  const plotted = wide_first(
    column(head("", truth.element, keys), plots.loss.element, numbers.by_guess.element),
    column(
      text("pull"),
      plots.slope.element,
      numbers.by_logit.element,
      remark(text("pull_remark")),
    ),
  );

  function draw() {
    const now = binary_losses(y, guess);
    formula.show(...formula_pieces(y, guess, now.loss));
    show_marks(y, guess);
    handle.show(
      [guess, now.loss],
      text("guess_text", { guess: number(guess, 2), loss: number(now.loss) }),
    );
    numbers.show(now);
    stage.conclude(
      text("binary_said", {
        guess: number(guess, 2),
        loss: number(now.loss),
        cross: number(Math.abs(now.slope_z), 2),
        squared: number(Math.abs(now.squared_slope_z), 3),
      }),
    );
  }
  return { elements: [formula.element, plotted], draw };
}
