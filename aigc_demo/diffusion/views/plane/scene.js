// The two planes at a level of noise: what is learned, and what is known exactly.

import {
  alpha_at,
  noised,
  particles_at,
  STEPS,
  tails_of,
} from "aigc/diffusion/views/plane/interpolation.js";
import { score, shade, tails } from "aigc/diffusion/views/plane/layers.js";

const TAIL = 260; // of u

/**
 * @typedef {import("aigc/diffusion/views/plane/layers.js").Plane} Plane
 * @typedef {import("aigc/diffusion/views/plane/frame.js").Exact} Exact
 * @typedef {import("aigc/diffusion/views/plane/frame.js").Frame} Frame
 *
 * What is seen: a training at u, and which way the slider came.
 * @typedef {object} Scene
 * @property {Frame} frame
 * @property {Exact} exact
 * @property {number} u
 * @property {"forward" | "backward"} way
 */

/**
 * Return where on the levels of the fields u is.
 * @param {number} u
 * @param {number} count of levels
 */
export const level_of = (u, count) => Math.max(0, ((u - 1) * (count - 1)) / (STEPS - 1));

/**
 * Return the data with the noise of u.
 * @param {Exact} exact
 * @param {number} u
 */
export const data_at = (exact, u) => noised(exact.data, exact.noise, alpha_at(exact.alphas, u));

/**
 * Return where the slider stands, and where data and particles are there.
 * @param {Scene} scene
 */
export const positions = ({ frame, exact, u, way }) => ({
  u,
  way,
  data: data_at(exact, u),
  particles: particles_at(frame.paths, frame.times, u),
});

/**
 * Draw what is learned: of `shown`, data and particles with their tails over scores and density.
 * @param {Plane} plane
 * @param {Scene} scene
 * @param {Set<string>} shown layers
 */
export function draw_learned(plane, { frame, exact, u, way }, shown) {
  const level = level_of(u, frame.apart.length),
    map = exact.map(level),
    forward = way === "forward";
  if (shown.has("density")) shade(plane, map, "data");
  if (shown.has("exact")) score(plane, exact.field(level), map, "data", 2.4);
  if (shown.has("learned")) score(plane, frame.field(level), map, "attention", 2.4);
  const points = (where, from, colour, tailed) => {
    if (tailed && shown.has("tails")) tails(plane, tails_of(where, from, u), colour, 2);
    plane.marks(where(u), colour, 4.6);
  };
  plane.fade(forward ? 1 : 0.28);
  if (shown.has("data")) points((u) => data_at(exact, u), Math.max(0, u - TAIL), "data", forward);
  plane.fade(forward ? 0.16 : 1);
  if (shown.has("generated")) {
    const where = (u) => particles_at(frame.paths, frame.times, u);
    points(where, Math.min(STEPS, u + TAIL), "generated", !forward);
  }
  plane.fade(1);
}

/**
 * Draw where the exact score leads the same noise.
 * @param {Plane} plane
 * @param {Scene} scene
 */
export function draw_exact(plane, { frame, exact, u }) {
  const level = level_of(u, frame.apart.length),
    map = exact.map(level);
  plane.clear();
  shade(plane, map, "data");
  score(plane, exact.field(level), map, "data", 2.2);
  plane.marks(particles_at(exact.paths, frame.times, u), "generated", 3.6);
}
