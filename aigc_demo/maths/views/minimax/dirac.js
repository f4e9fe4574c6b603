// The Dirac-GAN, as in minimax.py: all data at 0, all that G makes at theta, D(x) = sigmoid(psi x).
// Mescheder, Geiger, Nowozin (2018), section 2.

import { sigmoid, softplus } from "aigc/maths/views/_shared/arithmetic.js";

/** @import { Point } from "aigc/ui/scale.js" */
/** @typedef {"simultaneous" | "alternating" | "R1"} Rule */
/** @typedef {{ rule: Rule, rate: number, penalty: number }} Updates */

/**
 * V of the game.
 * @param {number} theta
 * @param {number} psi
 */
export const dirac_value = (theta, psi) => -Math.LN2 - softplus(psi * theta);

/**
 * Theta and psi after one round: D climbs V, under "R1" minus penalty psi² / 2; G descends it.
 * Under "simultaneous" both look at the same place, else G looks at D's new one.
 * @param {Point} parameters
 * @param {Updates} updates
 * @returns {Point}
 */
export function update([theta, psi], { rule, rate, penalty }) {
  const shrink = rule === "R1" ? penalty * psi : 0,
    new_psi = psi + rate * (-theta * sigmoid(psi * theta) - shrink),
    seen = rule === "simultaneous" ? psi : new_psi;
  return [theta + rate * seen * sigmoid(seen * theta), new_psi];
}

/**
 * The course of the game over `rounds` rounds, its beginning included.
 * @param {Point} start
 * @param {Updates} updates
 * @param {number} rounds
 */
export function trajectory(start, updates, rounds) {
  const path = [start];
  for (let i = 0; i < rounds; i++) path.push(update(path[i], updates));
  return path;
}

/**
 * The largest |eigenvalue| of `update`, linearised at (0, 0), from its trace and determinant.
 * @param {Updates} updates
 */
export function spectral_radius({ rule, rate, penalty }) {
  const factor = rule === "R1" ? 1 - rate * penalty : 1,
    half = rate / 2, // sigmoid(0) = 1/2
    trace = 1 + factor - (rule === "simultaneous" ? 0 : half ** 2),
    determinant = factor + (rule === "simultaneous" ? half ** 2 : 0),
    inside = trace ** 2 / 4 - determinant;
  return inside < 0 ? Math.sqrt(determinant) : Math.abs(trace) / 2 + Math.sqrt(inside);
}
