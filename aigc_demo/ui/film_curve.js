// The curve under a film, with a marker at the frame that is shown. Both axes run from 0 to 1.

/** @import { Curve } from "aigc/ui/film_view.js" */

/**
 * Return where a point stands in a box, from its upper left corner, in percent.
 * @param {Point} point
 * @returns {Point}
 */
export const place_in_box = ([x, y]) => [100 * x, 100 * (1 - y)];

/**
 * Return the curve's parts, and what puts the marker at a frame.
 * @param {Curve | null} curve
 * @returns {{parts: HTMLElement[], mark: (frame: number) => void}}
 */
export function film_curve(curve) {
  const { make, say } = window.aigc;
  if (!curve) return { parts: [], mark: () => {} };
  const points = curve.points.map((point) => place_in_box(point).join(",")).join(" ");
  const marker = make("div", { class: "marker" }),
    dot = make("div", { class: "dot" });
  const plot = make(
    "div",
    { class: `plot ${curve.color}` },
    make(
      "svg",
      { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
      make("polyline", { points }),
    ),
    marker,
    dot,
  );
  const names = [curve.ends[0], say(curve.label), curve.ends[1]];
  const axis = make("div", { class: "names" }, ...names.map((name) => make("span", {}, name)));
  const mark = (frame) => {
    const [x, y] = place_in_box(curve.points[curve.markers[frame]]);
    for (const part of [marker, dot]) part.style.left = `${x}%`;
    dot.style.top = `${y}%`;
  };
  return { parts: [plot, axis], mark };
}
