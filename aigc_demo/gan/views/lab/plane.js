// One frame of the training on the plane: D's surface, G's grid, points of both kinds, and where
// the gradient pulls them.

import { places } from "aigc/ui/plane_canvas.js";

/** @import { Frame } from "aigc/gan/views/lab/view.js" */
/** @typedef {"data" | "generated" | "surface" | "net" | "pulls"} Layer */

/** @type {Record<Layer, string>} the layers' signs */
export const LAYERS = { data: "●", generated: "◆", surface: "▒", net: "#", pulls: "↗" };

const DIM = 0.25;
// In slow motion: the steps of the training procedure, from 1 on, in which a layer stands out.
const STANDS_OUT = {
  surface: [4, 5, 6, 7],
  net: [6, 7],
  data: [2, 4, 5, 7],
  generated: [3, 4, 5, 6, 7],
  pulls: [6],
};

/**
 * How strongly a layer is drawn while a step of the procedure is shown.
 * @param {Layer} layer
 * @param {number} step 0 for none
 */
export function opacity(layer, step) {
  return step && !STANDS_OUT[layer].includes(step) ? DIM : 1;
}

/**
 * Whether a step of the procedure works on a batch, which is then drawn in place of other points.
 * @param {number} step
 */
export function shows_batch(step) {
  return step >= 2 && step <= 5;
}

/**
 * Draw the layers that are wanted.
 * @param plane see ui/plane_canvas.js
 * @param {Frame} frame
 * @param {{ step: number, wanted: Set<Layer> }} options the step that is shown; 0 for none
 */
export function draw_frame(plane, frame, { step, wanted }) {
  const batch = shows_batch(step),
    points = batch ? frame.batch : frame.points;
  const real = places(points.real),
    generated = places(points.generated);
  /** @type {[Layer, () => void][]} */
  const layers = [
    ["surface", () => plane.field(frame.surface)],
    ["net", () => plane.net(places(frame.points.net))],
    ["data", () => plane.marks(real, "data", 5)],
    ["generated", () => plane.marks(generated, "generated", 5)],
    ["pulls", () => batch || plane.arrows(generated, places(frame.points.pulls))],
  ];
  plane.clear();
  for (const [layer, draw] of layers) {
    if (!wanted.has(layer)) continue;
    plane.fade(opacity(layer, step));
    draw();
  }
  plane.fade(1);
}
