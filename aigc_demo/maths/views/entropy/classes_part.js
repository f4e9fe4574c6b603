// Several classes: logits, their softmax, and the gradient of the loss.

import { column, columns, figures, foot, remark } from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { class_losses, logits_with } from "aigc/maths/views/entropy/cross_entropy.js";
import { replaced } from "aigc/ui/arithmetic.js";
import { create_bar_chart } from "aigc/ui/bar_chart.js";
import { format_number as number } from "aigc/ui/format.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */

const ANIMALS = ["🐱", "🐶", "🐰", "🦊", "🐻"];
/** @type {Range} */
const LOGITS = [-4, 4];

/**
 * @param {ReturnType<typeof class_losses>} losses
 * @param {number} truth
 */
function formula_pieces({ p, loss, gradient }, truth) {
  const y = coloured("data", "y_i"),
    y_hat = coloured("attention", "\\hat y_i"),
    all = coloured("attention", "\\hat Y"),
    likely = coloured("attention", tex(p[truth]));
  return [
    `L(Y, ${all}) = -\\sum_{i=1}^{${p.length}} ${y}\\log ${y_hat}`,
    `= -\\log ${likely} = ${coloured("loss", tex(loss))}`,
    `\\qquad\\frac{\\partial L}{\\partial z_i} = ${y_hat} - ${y}`,
    `= ${likely} - ${coloured("data", "1")} = ${coloured("loss", tex(gradient[truth]))}`,
  ];
}

/**
 * @param {Stage} stage
 * @param {string[]} names of the classes
 * @param {Record<"choose" | "set_logit" | "set_probability", (i: number, to?: number) => void>} on
 */
function create_three_bars({ text }, names, { choose, set_logit, set_probability }) {
  const common = {
    columns: ANIMALS,
    chosen: (i) => text("is_true", { name: names[i] }),
    choose,
  };
  const logits = create_bar_chart({
    ...common,
    y: LOGITS,
    label: text("logits"),
    ticks: { y: [-4, 0, 4] },
    look: "ticked",
    sets: [
      {
        look: "inked pale",
        step: 0.1,
        label: (i) => text("logit_of", { name: names[i] }),
        move: set_logit,
      },
    ],
  });
  const shares = create_bar_chart({
    ...common,
    y: [0, 1],
    label: text("softmax"),
    look: "plain",
    sets: [
      {
        look: "attention",
        label: (i) => text("share_of", { name: names[i] }),
        move: set_probability,
      },
    ],
  });
  const gradient = create_bar_chart({
    ...common,
    y: [-1, 1],
    label: text("gradient"),
    look: "plain",
    sets: [{ look: "loss" }],
  });
  return { logits, shares, gradient };
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function classes_part(stage) {
  const { text } = stage,
    names = text("names").split(/[,，]/);
  let logits = [1.2, 2.4, 0.3, -0.8, -1.5],
    truth = 0;
  const formula = stage.formula();
  const bars = create_three_bars(stage, names, {
    choose: (i) => {
      truth = i;
      draw();
    },
    set_logit: (i, to) => {
      logits = replaced(logits, i, to);
      draw();
    },
    set_probability: (i, to) => {
      logits = logits_with(logits, i, to, LOGITS);
      draw();
    },
  });
  const numbers = figures({
    loss: [text("cross"), "loss"],
    bits: [text("in_bits")],
    perplexity: [text("perplexity")],
  });
  const plotted = columns(
    column(text("logits"), bars.logits.element),
    column(text("softmax"), bars.shares.element),
    column(text("gradient"), bars.gradient.element),
  );

  function draw() {
    const now = class_losses(logits, truth),
      one_hot = logits.map((_, i) => +(i === truth));
    formula.show(...formula_pieces(now, truth));
    bars.logits.show([logits], 1, truth);
    bars.shares.show([now.p], 2, truth);
    bars.gradient.show([now.gradient], 2, truth);
    numbers.show({
      loss: number(now.loss),
      bits: number(now.bits),
      perplexity: number(now.perplexity, 2),
    });
    stage.conclude(
      text("several_said", {
        name: names[truth],
        p: number(now.p[truth]),
        loss: number(now.loss),
        perplexity: number(now.perplexity, 2),
        one_hot: one_hot.join(" "),
      }),
    );
  }
  const under = foot(numbers.element, remark(text("several_remark")));
  return { elements: [formula.element, plotted, under], draw };
}
