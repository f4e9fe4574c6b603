// The influence of what was read, by distance: a curve a model.

import { above_floor, end_of, LEAST, smooth } from "aigc/text/views/memory/curve.js";
import { create_plot } from "aigc/ui/plot.js";
import { log_ticks, spread_labels } from "aigc/ui/scale.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */

// dotted, dashed, whole: told apart without colour
const STROKES = { RNN: "dotted", LSTM: "dashed", Transformer: "" };
const NAME = 8; // per cent of the height that a curve's name takes

/**
 * The chart with its axes; draw(models) draws it anew.
 * @param {Words} words
 */
export function reach_chart(words) {
  const { make, say } = window.aigc;
  const element = make("div", { class: "chart-of-reach" });

  /** @param {{ name: string, curve: number[], reach: number }[]} models */
  function draw(models) {
    const reaches = models.map(({ name, reach }) => `${name}: ${reach} ${say(words.within)}`),
      x = /** @type {Range} */ ([1, Math.max(2, ...models.map(({ curve }) => curve.length))]),
      y = /** @type {Range} */ ([LEAST, 1]);
    const plot = create_plot({
      ...{ x, y, logarithmic: { x: true, y: true }, grid: true, role: "img" },
      label: `${say(words.hint)} ${reaches.join("; ")}`,
      titles: { x: say(words.distance), y: say(words.share) },
      ticks: {
        x: log_ticks(x),
        y: log_ticks(y, [1]).map((share) => [share, `${+(100 * share).toPrecision(1)} %`]),
      },
    });
    const ends = models
      .map(({ name, curve }) => {
        const points = above_floor(smooth(curve));
        plot.line(`strong ${name} ${STROKES[name] ?? ""}`)(points);
        return { name, ...end_of(points, plot.scale) };
      })
      .sort((a, b) => a.down - b.down);
    const tops = spread_labels(
      ends.map(({ down }) => down),
      NAME,
    );
    ends.forEach(({ name, across }, i) => {
      const style = `left: ${across}%; top: ${tops[i]}%`;
      plot.plot_area.append(make("b", { class: `name ${name}`, style }, name));
    });
    element.replaceChildren(plot.element);
  }
  return { element, draw };
}
