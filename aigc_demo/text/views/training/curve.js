// The loss over a training, with a stop for each snapshot.

import { create_plot } from "aigc/ui/plot.js";
import { log_ticks } from "aigc/ui/scale.js";

/** @typedef {{ steps: number[], losses: number[] }} LossCurve each loss the mean until its step */

/**
 * The last mean that was noted until `step`; at the start the first one.
 * @param {LossCurve} curve
 * @param {number} step
 */
export const loss_at = ({ steps, losses }, step) =>
  losses[Math.max(0, steps.filter((noted) => noted <= step).length - 1)];

/**
 * A plot's x of a step: its axis is logarithmic and begins with step 0.
 * @param {number} step
 */
const place = (step) => step + 1;

/**
 * The plot; go(index) is called for the moment that is clicked.
 * @param {Words} words
 * @param {(index: number) => void} go
 */
export function loss_plot(words, go) {
  const { make, say, number } = window.aigc;
  const element = make("div", { title: say(words.curve) });
  /** @type {(step: number, loss: number) => void} */
  let mark = () => {};

  /**
   * @param {LossCurve} curve
   * @param {number[]} stops the snapshots' steps
   */
  function draw({ steps, losses }, stops) {
    const last = steps.at(-1),
      most = Math.max(...losses);
    const levels = Array.from({ length: Math.ceil(most) - 1 }, (_, i) => i + 1);
    const plot = create_plot({
      x: [place(0), place(last)],
      y: [0, most],
      logarithmic: { x: true },
      label: say(words.curve),
      titles: { x: say(words.axis) },
      ticks: {
        x: log_ticks([1, last], [1]).map((step) => [place(step), number(step, 0)]),
        y: levels,
      },
      look: "loss loss-curve",
    });
    plot.line("")(steps.map((step, i) => [place(step), losses[i]]));
    plot.plot_area.append(...stops.map((step, i) => stop(step, i, plot.scale)));
    const rule = plot.dot("inked rule"),
      dot = plot.dot("round large");
    mark = (step, loss) => {
      for (const each of [rule, dot]) each.show([place(step), loss]);
    };
    element.replaceChildren(plot.element);
  }
  function stop(step, index, { across }) {
    const button = make("button", {
      type: "button",
      class: "stop",
      style: `left: ${across(place(step))}%`,
      "aria-label": number(step, 0),
      tabindex: "-1",
    });
    button.addEventListener("click", () => go(index));
    return button;
  }
  return { element, draw, mark: (step, loss) => mark(step, loss) };
}
