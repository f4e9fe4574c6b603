// The GAN's game between two Gaussians, as in minimax.py.

import { log_normal, softplus } from "aigc/maths/views/_shared/arithmetic.js";
import { linspace } from "aigc/ui/arithmetic.js";

/** @import { Gaussian } from "aigc/maths/views/_shared/arithmetic.js" */

const EDGE = 24; // where the integrals end

/** The places over which the integrals are sums. */
export const GRID = linspace([-EDGE, EDGE], 1921);
const CELL = GRID[1] - GRID[0];

/**
 * V of a discriminator whose logit is `sharpness` times the best one's, V of the best, their
 * Jensen-Shannon divergence, in nats; and the best logits over GRID.
 * @param {Gaussian} data
 * @param {Gaussian} generated
 * @param {number} sharpness
 */
export function game(data, generated, sharpness) {
  let [value, best_value, js] = [0, 0, 0];
  const logits = GRID.map((x) => {
    const log_p = log_normal(x, data.mean, data.width),
      log_q = log_normal(x, generated.mean, generated.width),
      [p, q] = [Math.exp(log_p), Math.exp(log_q)],
      logit = log_p - log_q; // D*(x) = sigmoid of it
    value -= p * softplus(-sharpness * logit) + q * softplus(sharpness * logit);
    best_value -= p * softplus(-logit) + q * softplus(logit);
    const log_m = log_q + softplus(logit) - Math.LN2; // of the mixture of both
    js += 0.5 * (p * (log_p - log_m) + q * (log_q - log_m));
    return logit;
  });
  return { logits, value: value * CELL, best_value: best_value * CELL, js: js * CELL };
}
