// What is measured of the training: V and its bound, the losses, the divergences over time; and D*.

import { growing_chart } from "aigc/ui/growing.js";
import { plane_canvas } from "aigc/ui/plane.js";

/** @import { Frame } from "aigc/gan/views/lab/view.js" */

/** @param {Words} words */
export function charts(words) {
  const { say } = window.aigc;
  const value = growing_chart(say(words.value), { "V(D, G)": "ink", "V(D*, G)": "noise dashed" }),
    losses = growing_chart(say(words.losses), { D: "data", G: "generated" }),
    divergences = growing_chart(say(words.divergences), { KL: "latent", JS: "loss dashed" });
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
 * @param {(value: number | null) => string} written
 */
export function optimum_chart(words, written) {
  const { make, say } = window.aigc;
  const plane = plane_canvas(320, { role: "img", "aria-label": say(words.optimum) }),
    apart = make("p", { class: "said" });
  const element = make(
    "figure",
    { class: "growing truth" },
    make("figcaption", {}, say(words.optimum)),
    apart,
    plane.canvas,
  );
  /** @param {Frame} frame */
  function show(frame) {
    plane.clear();
    if (frame.optimum) plane.field(frame.optimum);
    apart.textContent = frame.optimum
      ? say(words.apart, { apart: written(frame.apart) })
      : say(words.no_optimum);
  }
  return { element, show };
}
