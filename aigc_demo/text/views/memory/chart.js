// The influence of what was read, by distance: a curve a model.

import {
  above_floor,
  end_of,
  percent,
  scales,
  smooth,
  spread,
} from "aigc/text/views/memory/curve.js";

// dotted, dashed, whole: told apart without colour
const STROKES = { RNN: "2 9", LSTM: "14 8", Transformer: "none" };
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200];

/**
 * The chart with its axes; draw(models) draws it anew.
 * @param {Words} words
 */
export function reach_chart(words) {
  const { make, say } = window.aigc;
  const plot = make("div", { class: "plot" });
  const element = make(
    "div",
    { class: "chart-of-reach", role: "img" },
    make("p", { class: "axis" }, say(words.share)),
    plot,
    make("p", { class: "axis below" }, say(words.distance)),
  );

  /** @param {{ name: string, curve: number[], reach: number }[]} models */
  function draw(models) {
    const length = Math.max(2, ...models.map(({ curve }) => curve.length));
    const curves = models.map(({ name, curve }) => ({ name, points: above_floor(smooth(curve)) }));
    const { x, y, lines } = scales(length);
    const ends = curves.map(({ name, points }) => ({ name, ...end_of(points, { x, y }) }));
    const across = lines.map((share) => {
      const style = `top: ${y(share)}%`;
      return make("span", { class: "tick left", style }, percent(share));
    });
    const along = TICKS.filter((distance) => distance <= length).map((distance) => {
      const style = `left: ${x(distance)}%`;
      return make("span", { class: "tick below", style }, `${distance}`);
    });
    const names = spread(ends).map(({ name, ...at }) => {
      const style = `top: ${at.y}%; left: ${at.x}%`;
      return make("b", { class: `name ${name}`, style }, name);
    });
    plot.replaceChildren(drawing(curves, { x, y, lines }), ...across, ...along, ...names);
    const reaches = models.map(({ name, reach }) => `${name}: ${reach} ${say(words.within)}`);
    element.setAttribute("aria-label", `${say(words.hint)} ${reaches.join("; ")}`);
  }
  return { element, draw };
}

function drawing(curves, { x, y, lines }) {
  const { make } = window.aigc;
  const grid = lines.map((share) =>
    make("line", { x1: 0, x2: 100, y1: y(share), y2: y(share), class: "grid" }),
  );
  const drawn = curves.map(({ name, points }) =>
    make("polyline", {
      class: name,
      "stroke-dasharray": STROKES[name] ?? "none",
      points: points.map(([distance, share]) => `${x(distance)},${y(share)}`).join(" "),
    }),
  );
  const look = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" };
  return make("svg", look, ...grid, ...drawn);
}
