// The noise schedules of a diffusion, as in noise.py.

/** @typedef {"linear" | "cosine"} Schedule */

export const STEPS = 1000;
export const LAST = STEPS - 1;
/** All steps. */
export const TIMES = Array.from({ length: STEPS }, (_, t) => t);
/** Every fifth step, and the last: enough for a line. */
export const PLOTTED = TIMES.filter((t) => t % 5 === 0 || t === LAST);

const cosine = TIMES.concat(STEPS).map(
  (t) => Math.cos((((t / STEPS + 0.008) / 1.008) * Math.PI) / 2) ** 2,
);

/**
 * beta_t, the variance of the noise of each step.
 * @type {Record<Schedule, number[]>}
 */
export const BETA = {
  linear: TIMES.map((t) => 1e-4 + ((0.02 - 1e-4) * t) / LAST),
  cosine: TIMES.map((t) => Math.min(1 - cosine[t + 1] / cosine[t], 0.999)),
};

/**
 * The products of 1 − beta up to each step.
 * @param {number[]} beta
 */
export function cumulative_alpha(beta) {
  let product = 1;
  return beta.map((each) => {
    product *= 1 - each;
    return product;
  });
}

/**
 * alpha_bar_t, the share of the variance that is data after each step.
 * @type {Record<Schedule, number[]>}
 */
export const ALPHA_BAR = {
  linear: cumulative_alpha(BETA.linear),
  cosine: cumulative_alpha(BETA.cosine),
};

/**
 * The ratio of signal to noise.
 * @param {number} alpha_bar
 */
export const snr = (alpha_bar) => alpha_bar / (1 - alpha_bar);

/**
 * The same in decibels.
 * @param {number} alpha_bar
 */
export const decibels = (alpha_bar) => 10 * Math.log10(snr(alpha_bar));

/**
 * q(x_t | x_0) = N(mean, width²).
 * @param {number} x_0
 * @param {number} t 0 to LAST
 * @param {Schedule} schedule
 */
export function noised(x_0, t, schedule) {
  const alpha_bar = ALPHA_BAR[schedule][t];
  return { alpha_bar, mean: Math.sqrt(alpha_bar) * x_0, width: Math.sqrt(1 - alpha_bar) };
}

/**
 * A path of the chain, step by step as it is defined: x_t after each step.
 * @param {number} x_0
 * @param {Schedule} schedule
 * @param {number[]} noise a standard normal number for each step
 */
export function forward_path(x_0, schedule, noise) {
  let x = x_0;
  return BETA[schedule].map((beta, t) => {
    x = Math.sqrt(1 - beta) * x + Math.sqrt(beta) * noise[t];
    return x;
  });
}
