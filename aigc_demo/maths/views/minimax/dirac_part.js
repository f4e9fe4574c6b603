// The Dirac-GAN: its plane, its value as a surface, and how far from the goal it is after each
// round.

import { choice, slider } from "aigc/maths/views/_shared/controls.js";
import { column, columns, figures } from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { dirac_value, spectral_radius, trajectory } from "aigc/maths/views/minimax/dirac.js";
import { distance_plot, EDGE, plane_plot } from "aigc/maths/views/minimax/plots.js";
import { ROUNDS, round_player } from "aigc/maths/views/minimax/round_player.js";
import { value_surface } from "aigc/maths/views/minimax/surface.js";
import { format_number as number } from "aigc/ui/format.js";

/** @import { Point } from "aigc/ui/scale.js" */
/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { Rule, Updates } from "aigc/maths/views/minimax/dirac.js" */

const THETA = coloured("generated", "\\theta");
const PSI = coloured("attention", "\\psi");

/** @param {Point} place */
function value_pieces([theta, psi]) {
  const numbers =
    `${coloured("attention", tex(psi, 2))}` +
    `\\,\\cdot\\,${coloured("generated", tex(theta, 2, true))}`;
  return [
    `V(${THETA}, ${PSI}) = \\log\\sigma(${PSI}\\cdot ${coloured("data", "0")})` +
      ` + \\log\\bigl(1 - \\sigma(${PSI}\\,${THETA})\\bigr)`,
    `= -\\log 2 - \\log\\bigl(1 + e^{${numbers}}\\bigr)` +
      ` = ${coloured("loss", tex(dirac_value(theta, psi)))}`,
  ];
}

/**
 * Why the distance grows, stays or shrinks.
 * @param {Updates} updates
 */
function radius_piece(updates) {
  const { rule, rate, penalty } = updates,
    h = tex(rate, 2),
    radius = tex(spectral_radius(updates), 4);
  if (rule === "simultaneous")
    return `|\\lambda| = \\sqrt{1 + h^2/4} = \\sqrt{1 + ${h}^2/4} = ${radius} > 1`;
  if (rule === "alternating") return `|\\lambda| = \\sqrt{\\det} = ${radius}`;
  return (
    "\\psi \\leftarrow \\psi + h\\,\\bigl(\\nabla_\\psi V - \\gamma\\,\\psi\\bigr):\\quad " +
    `\\det = 1 - h\\gamma = 1 - ${h}\\cdot ${tex(penalty, 2)} = ${tex(1 - rate * penalty, 4)}` +
    `,\\quad |\\lambda| = ${radius}`
  );
}

/**
 * How both networks are updated. show() hides what the rule does not use.
 * @param {Stage} stage
 * @param {Updates} updates
 * @param {() => void} changed
 */
function update_controls({ text }, updates, changed) {
  const change = (key) => (to) => {
    updates[key] = to;
    changed();
  };
  const rule = choice({
    label: text("rule"),
    options: /** @type {[Rule, string][]} */ ([
      ["simultaneous", text("simultaneous")],
      ["alternating", text("alternating")],
      ["R1", text("r1")],
    ]),
    value: updates.rule,
    name: "rule",
    act: change("rule"),
  });
  const rate = slider({
    label: text("rate"),
    min: 0.02,
    max: 1,
    step: 0.02,
    value: updates.rate,
    name: "rate",
    act: change("rate"),
  });
  const penalty = slider({
    label: text("penalty"),
    min: 0,
    max: 2,
    step: 0.05,
    value: updates.penalty,
    name: "penalty",
    act: change("penalty"),
  });
  return {
    elements: [rule.element, rate.element, penalty.element],
    show: () => {
      penalty.element.hidden = updates.rule !== "R1";
    },
  };
}

/** The parameters, the value and the spectral radius. */
function create_figures() {
  const { element, show } = figures({
    theta: ["θ", "generated"],
    psi: ["ψ", "attention"],
    dirac_value: ["V(θ, ψ)", "loss"],
    radius: ["|λ|"],
  });
  return {
    element,
    /**
     * @param {Point} place
     * @param {number} radius
     */
    show: ([theta, psi], radius) =>
      show({
        theta: number(theta, 2),
        psi: number(psi, 2),
        dirac_value: number(dirac_value(theta, psi)),
        radius: number(radius, 4),
      }),
  };
}

/**
 * The surface in space and its angle.
 * @param {Stage} stage
 */
function turned_surface({ text }) {
  const surface = value_surface(EDGE, text("surface"));
  let degrees = 35;
  /** @type {Point[]} */
  let path = [];
  const paint = () => surface.paint(path, degrees);
  const angle = slider({
    label: text("turn"),
    min: -180,
    max: 180,
    step: 5,
    value: degrees,
    name: "turn",
    text: (each) => `${number(each, 0)}°`,
    act: (to) => {
      degrees = to;
      paint();
    },
  });
  window.aigc.resized(surface.element, () => {
    if (surface.element.isConnected && path.length) paint();
  });
  return {
    elements: [surface.element, angle.element],
    /** @param {Point[]} now the course of the game so far */
    show: (now) => {
      path = now;
      if (surface.element.isConnected) paint();
      else queueMicrotask(paint); // as large as its place, once it has one
    },
  };
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function dirac_part(stage) {
  const { text } = stage;
  const { make } = window.aigc;
  /** @type {Updates} */
  const updates = { rule: "alternating", rate: 0.2, penalty: 0.3 };
  /** @type {Point} */
  let start = [1.2, 0.4];
  const changed = () => draw();
  const formula = stage.formula(),
    radius_formula = stage.formula(),
    controls = update_controls(stage, updates, changed);
  const plane = plane_plot(stage, (to) => {
    player.stop();
    start = to;
    draw();
  });
  const player = round_player(stage, () => plane.element.isConnected, changed),
    surface = turned_surface(stage),
    away = distance_plot(stage),
    numbers = create_figures();
  const plotted = columns(
    column(text("plane"), plane.element, player.element),
    column(text("surface"), ...surface.elements),
    column(text("away"), away.element, numbers.element),
  );
  function conclude(round, distances) {
    const written = {
      steps: round,
      from: number(distances[0], 2),
      to: number(distances[round], 2),
    };
    stage.conclude(text(`said_${updates.rule.toLowerCase()}`, written));
  }
  function draw() {
    const path = trajectory(start, updates, ROUNDS),
      distances = path.map(([theta, psi]) => Math.hypot(theta, psi)),
      round = player.round(),
      until = path.slice(0, round + 1);
    formula.show(...value_pieces(path[round]));
    radius_formula.show(radius_piece(updates));
    controls.show();
    plane.show(until);
    surface.show(until);
    away.show(distances, round);
    numbers.show(path[round], spectral_radius(updates));
    if (!player.playing()) conclude(round, distances);
  }
  const row = make("div", { class: "controls-of" }, ...controls.elements, radius_formula.element);
  return { elements: [formula.element, row, plotted], draw };
}
