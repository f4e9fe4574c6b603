// What is measured of the training: V and its bound, the losses, the divergences over time; and D*.

import { format_number } from "aigc/ui/format.js";
import { live_line_chart } from "aigc/ui/live_line_chart.js";
import { plane_canvas } from "aigc/ui/plane_canvas.js";

/** @import { Frame } from "aigc/gan/views/lab/view.js" */

/** @param {Words} words */
export function charts(words) {
  const { say } = window.aigc;
  const value = live_line_chart(say(words.value), { "V(D, G)": "ink", "V(D*, G)": "noise dashed" }),
    losses = live_line_chart(say(words.losses), { D: "data", G: "generated" }),
    divergences = live_line_chart(say(words.divergences), { KL: "latent", JS: "loss dashed" });
  const all = [value, losses, divergences];
  return {
    elements: all.map(({ element }) => element),
    clear: () => {
      for (const chart of all) chart.clear();
    },
    /** @param {Frame} frame */
    note: (frame) => {
      value.note({ "V(D, G)": frame.value, "V(D*, G)": frame.best });
      losses.note({ D: frame.loss.D[1], G: frame.loss.G[1] });
      divergences.note({ KL: frame.kl, JS: frame.js });
    },
  };
}

/**
 * The best possible discriminator, and how far D is from it.
 * @param {Words} words
 */
export function optimum_chart(words) {
  const { make, say } = window.aigc;
  const plane = plane_canvas(320, { role: "img", "aria-label": say(words.optimum) }),
    apart = make("p", { class: "said" });
  const element = make(
    "figure",
    { class: "line-chart truth" },
    make("figcaption", {}, say(words.optimum)),
    apart,
    plane.canvas,
  );
  /** @param {Frame} frame */
  function show(frame) {
    plane.clear();
    if (frame.optimum) plane.field(frame.optimum);
    apart.textContent = frame.optimum
      ? say(words.apart, { apart: format_number(frame.apart, 2) })
      : say(words.no_optimum);
  }
  return { element, show };
}
