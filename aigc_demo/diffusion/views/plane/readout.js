// The numbers of a training in words: at the slider's level, of the last step, in all.

import { alpha_at, sigma_of } from "aigc/diffusion/views/plane/interpolation.js";
import { level_of } from "aigc/diffusion/views/plane/scene.js";
import { format_number } from "aigc/ui/format.js";

/**
 * @typedef {import("aigc/diffusion/views/plane/scene.js").Scene} Scene
 * @typedef {import("aigc/diffusion/views/plane/frame.js").Frame} Frame
 */

/** @param {[number, number] | undefined} place */
const pair = (place) => (place ? `(${place.map((x) => format_number(x, 2)).join(", ")})` : "–");

/**
 * Write what stands at the slider's level.
 * @param {import("aigc/diffusion/views/plane/layout.js").Parts} parts
 * @param {Words} words
 * @param {Scene} scene
 */
export function write_level(parts, words, { frame, exact, u, way }) {
  const { say } = window.aigc;
  const t = Math.max(0, Math.round(u) - 1),
    alpha = alpha_at(exact.alphas, u),
    level = level_of(u, frame.apart.length);
  parts.now.textContent = say(words[way], {
    t,
    alpha: format_number(alpha, 2),
    sigma: format_number(sigma_of(alpha), 2),
  });
  parts.now.className = `now ${way === "forward" ? "data" : "generated"}`;
  parts.level.textContent = say(words.level, { t });
  parts.slider.setAttribute("aria-valuetext", `t = ${t}. ${parts.now.textContent}`);
  parts.apart.mark(level / (frame.apart.length - 1));
  parts.apart.tell({ Δ: frame.apart[Math.round(level)] }, say(words.here, { t }));
}

/**
 * Write where the particles land, and what the loss is.
 * @param {HTMLElement} summary
 * @param {Words} words
 * @param {Scene} scene
 */
export function write_summary(summary, words, { frame, exact }) {
  const { say } = window.aigc;
  const { loss, least, gap, landed, covered, islands } = frame;
  const sentences = [
    say(words.landed, {
      landed: format_number(100 * landed, 0),
      best: format_number(100 * exact.landed, 0),
    }),
    islands ? say(words.covered, { covered, islands }) : "",
    frame.done
      ? say(words.sum, {
          loss: format_number(loss, 2),
          least: format_number(least, 2),
          gap: format_number(gap, 3),
        })
      : "",
  ];
  summary.textContent = sentences.filter(Boolean).join(" ");
}

/**
 * The numbers of the last step of training, beside its six parts.
 * @param {Words} words
 * @param {Frame} frame
 */
export function step_texts(words, { first, weights, done }) {
  const { say, number } = window.aigc;
  return [
    `x₀ = ${pair(first.x_0)}`,
    first.t === undefined ? "–" : `t = ${first.t} → ${pair(first.x_t)}`,
    `${number(weights, 0)} θ`,
    `v̂ = ${pair(first.predicted)}`,
    `v = ${pair(first.v)}`,
    done ? `${number(done, 0)} ×` : say(words.untrained),
  ];
}

/**
 * How far the training is, in words.
 * @param {Words} words
 * @param {Frame} frame
 */
export function spoken_numbers(words, { done, loss, landed }) {
  const numbers = { loss: format_number(loss, 2), landed: format_number(100 * landed, 0) };
  return { done, text: window.aigc.say(words.spoken, { done, ...numbers }) };
}
