// The surface V(theta, psi) in space: where its points stand on the page, and its quads from the
// back to the front.

import { dirac_value } from "aigc/maths/views/minimax/dirac.js";
import { linspace, sum } from "aigc/ui/arithmetic.js";

/** @typedef {{ x: number, y: number, depth: number }} Projected depth grows towards who looks */
/** @typedef {(theta: number, psi: number, v?: number) => Projected} Projection */
/** @typedef {{ corners: Projected[], v: number }} Quad */

/**
 * The projection of the surface into a room of `width` × `height`, turned by an angle.
 * @param {number} width
 * @param {number} height
 * @param {number} degrees
 * @returns {Projection}
 */
export function project_to(width, height, degrees) {
  const angle = (degrees * Math.PI) / 180,
    [cos, sin] = [Math.cos(angle), Math.sin(angle)],
    unit = Math.min(width / 7.4, height / 6.2);
  return (theta, psi, v = dirac_value(theta, psi)) => {
    const depth = theta * sin + psi * cos;
    return {
      x: width / 2 + (theta * cos - psi * sin) * unit,
      y: height * 0.36 + depth * unit * 0.5 - (v + 1.39) * unit * 0.42,
      depth,
    };
  };
}

/**
 * The quads of the surface over ±`edge`, `count` on a side.
 * @param {Projection} project
 * @param {number} edge
 * @param {number} count
 * @returns {Quad[]}
 */
export function surface_quads(project, edge, count) {
  const at = linspace([-edge, edge], count + 1),
    middle = edge / count;
  const quads = at.slice(0, -1).flatMap((theta, i) =>
    at.slice(0, -1).map((psi, j) => ({
      corners: [
        project(theta, psi),
        project(at[i + 1], psi),
        project(at[i + 1], at[j + 1]),
        project(theta, at[j + 1]),
      ],
      v: dirac_value(theta + middle, psi + middle),
    })),
  );
  const depth = ({ corners }) => sum(corners.map((each) => each.depth));
  return quads.sort((one, other) => depth(one) - depth(other));
}

/**
 * How much of its colour a height has on the surface: about 1 at the highest.
 * @param {number} v
 */
export const opacity_in_space = (v) => 0.12 + 0.75 * Math.exp((v + Math.LN2) / 2.4);

/**
 * Its opacity seen from above, 255 being full, in bands a third of a nat high.
 * @param {number} v
 */
export function opacity_from_above(v) {
  const band = Math.round((v + 7) * 3) / 3;
  return 210 * Math.exp((band - 7 + 0.7) / 2.4);
}
