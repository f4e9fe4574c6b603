// What the server tells of a training, and what is known exactly, read out of base64.

import { arrows_of, maps_of, paths_of } from "aigc/diffusion/views/plane/interpolation.js";
import { places } from "aigc/ui/plane_canvas.js";

/**
 * @typedef {import("aigc/diffusion/views/plane/interpolation.js").Place} Place
 *
 * What is learned, by what network, and how it is sampled: see trainer.py's TrainerConfig.
 * @typedef {object} Config
 * @property {string} shape
 * @property {string} sampler
 * @property {number} steps
 * @property {number} seed
 * @property {number} eta
 * @property {number} width
 * @property {number} rate
 *
 * One point of the last batch; empty before the first step.
 * @typedef {object} First
 * @property {Place} [x_0]
 * @property {number} [t]
 * @property {Place} [x_t]
 * @property {Place} [v]
 * @property {Place} [predicted]
 *
 * A training at one moment: see view.py's frame. Arrows are int8, places int16, in base64.
 * @typedef {object} Answer
 * @property {Config} rules
 * @property {number} done steps of training
 * @property {number} weights of the network
 * @property {string} arrows the learned score, at each level
 * @property {number[]} times t of each place of the paths, the last -1
 * @property {string} places the particles' paths
 * @property {number[]} apart at each level the distance of the learned score from the exact one
 * @property {number[]} curve the losses
 * @property {First} first
 * @property {number} loss
 * @property {number} gap of the loss to the least possible
 * @property {number} least the least possible loss
 * @property {number} landed share of the particles
 * @property {number | null} covered modes
 * @property {number | null} islands modes that there are
 * @property {Truth} [truth]
 * @property {boolean} [fresh] whether there was no training under this page's token
 * @property {Both} [problem]
 *
 * What no training changes: see view.py's truth.
 * @typedef {object} Truth
 * @property {number[]} levels
 * @property {number[]} alphas every tenth, from 1
 * @property {string} arrows
 * @property {string} density uint8, at each level
 * @property {string} data
 * @property {string} noise
 * @property {string} places
 * @property {number} landed
 *
 * @typedef {{ field: (level: number) => number[], paths: Place[][] }} Learned
 * @typedef {Learned & { map: (level: number) => number[], data: Place[], noise: Place[],
 *   alphas: number[], landed: number }} Exact
 * @typedef {Answer & Learned} Frame
 */

/**
 * Return an answer with its score as a function of the level, and its paths.
 * @param {Answer} answer
 * @returns {Frame}
 */
export const read_frame = (answer) => ({
  ...answer,
  field: arrows_of(answer.arrows, answer.apart.length),
  paths: paths_of(answer.places, answer.times.length),
});

/**
 * Return what is known exactly, with score and density as functions of the level.
 * @param {Truth} truth
 * @param {number} times of the paths
 * @returns {Exact}
 */
export const read_truth = ({ levels, alphas, arrows, density, data, noise, ...rest }, times) => ({
  alphas,
  landed: rest.landed,
  field: arrows_of(arrows, levels.length),
  map: maps_of(density, levels.length),
  data: /** @type {Place[]} */ (places(data)),
  noise: /** @type {Place[]} */ (places(noise)),
  paths: paths_of(rest.places, times),
});
