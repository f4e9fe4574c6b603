// The curve under a film, with a marker at the frame that is shown. Both axes run from 0 to 1.

import { create_plot } from "aigc/ui/plot.js";

/** @import { Curve } from "aigc/ui/film_view.js" */

/**
 * Return the curve's parts, and what puts the marker at a frame.
 * @param {Curve | null} curve
 * @returns {{parts: HTMLElement[], mark: (frame: number) => void}}
 */
export function film_curve(curve) {
  if (!curve) return { parts: [], mark: () => {} };
  const label = window.aigc.say(curve.label);
  const plot = create_plot({
    x: [0, 1],
    y: [0, 1],
    label,
    role: "img",
    below: [curve.ends[0], label, curve.ends[1]],
    look: `film-curve ${curve.color}`,
  });
  plot.line("")(curve.points);
  const rule = plot.dot("inked rule"),
    dot = plot.dot("round large");
  const mark = (frame) => {
    for (const each of [rule, dot]) each.show(curve.points[curve.markers[frame]]);
  };
  return { parts: [plot.element], mark };
}
