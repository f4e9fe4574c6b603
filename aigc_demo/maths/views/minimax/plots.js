// The plots of the Dirac-GAN: its plane, and its distance from the goal.

import { ROUNDS } from "aigc/maths/views/minimax/round_player.js";
import { value_map } from "aigc/maths/views/minimax/surface.js";
import { format_number as number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";

/** @import { Point } from "aigc/ui/scale.js" */
/** @import { Stage } from "aigc/maths/views/_shared/stage.js" */

export const EDGE = 2.5; // of the plane

/**
 * The plane of theta and psi: the course of the game over a map of V, and its start, which is
 * moved.
 * @param {Stage} stage
 * @param {(start: Point) => void} move
 */
export function plane_plot({ text }, move) {
  const ticks = [-2, -1, 0, 1, 2];
  const plot = create_plot({
    x: [-EDGE, EDGE],
    y: [-EDGE, EDGE],
    label: text("plane"),
    names: { x: "θ", y: "ψ" },
    ticks: { x: ticks, y: ticks },
    look: "square",
  });
  const map = value_map(EDGE);
  plot.plot_area.prepend(map.element);
  const line = plot.line("inked thin"),
    goal = plot.dot("data goal", "✕"),
    end = plot.dot("generated round");
  const handle = plot.handle({
    look: "generated",
    label: text("start"),
    along: "both",
    step: 0.05,
    move,
  });
  goal.show([0, 0]);
  const inside = (value) => (Math.abs(value) <= EDGE ? value : NaN);
  /** @param {Point[]} path */
  function show(path) {
    const [start, [theta, psi]] = [path[0], path[path.length - 1]];
    map.paint();
    line(path);
    end.show([inside(theta), inside(psi)]);
    const written = { theta: number(start[0], 2), psi: number(start[1], 2) };
    handle.show(start, text("start_text", written));
  }
  return { element: plot.element, show };
}

/**
 * The distance from the goal after each round.
 * @param {Stage} stage
 */
export function distance_plot({ text }) {
  const plot = create_plot({
    x: [0, ROUNDS],
    y: [0, 3],
    label: text("away"),
    names: { y: "√(θ² + ψ²)" },
    ticks: { x: [0, 100, 200, 300, 400], y: [0, 1, 2, 3] },
  });
  const line = plot.line("loss"),
    rule = plot.dot("inked rule");
  /**
   * @param {number[]} distances
   * @param {number} round
   */
  function show(distances, round) {
    line(distances.map((each, i) => [i, each]));
    rule.show([round, 0]);
  }
  return { element: plot.element, show };
}
