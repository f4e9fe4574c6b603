// One number of z, and what can be counted of all.

/** @import { Trace } from "aigc/vae/views/digit/view.js" */

export const POSITIONS = 25; // of a number of z that is turned by hand, as in trace.py
export const REACH = 3; // how far it is turned to either side, likewise
const USED = 0.1; // nats from which on a number of z is used

/**
 * The position, counted from 0, at which a number of z has a value from -3 to 3.
 * @param {number} value
 */
export function position_of(value) {
  return Math.round(((value + REACH) / (2 * REACH)) * (POSITIONS - 1));
}

/**
 * The position that is shown in place i of a row of `count` pictures, both ends included.
 * @param {number} i
 * @param {number} count
 */
export function position_in_row(i, count) {
  return Math.round((i * (POSITIONS - 1)) / (count - 1));
}

/**
 * How many numbers of z say something of the picture.
 * @param {number[]} kl nats
 */
export function used_count(kl) {
  return kl.filter((nats) => nats > USED).length;
}

/**
 * Both parts of one number of z: mu + sigma * epsilon.
 * @param {Pick<Trace, "mean" | "log_variance" | "epsilon">} trace
 * @param {number} draw
 * @param {number} index
 */
export function reparameterized(trace, draw, index) {
  return {
    mean: trace.mean[index],
    sigma: Math.exp(trace.log_variance[index] / 2),
    epsilon: trace.epsilon[draw][index],
  };
}
