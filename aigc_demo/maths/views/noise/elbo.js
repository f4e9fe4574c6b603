// The bound of a VAE with one latent number, in closed form, as in noise.py.

import { gaussian_kl, log_normal } from "aigc/maths/views/_shared/arithmetic.js";

/** @import { Gaussian } from "aigc/maths/views/_shared/arithmetic.js" */

/**
 * Prior N(0, 1), decoder N(slope · z, spread²), encoder q; all in nats.
 * @param {number} x the observation
 * @param {Gaussian} q
 * @param {number} slope
 * @param {number} spread
 */
export function elbo(x, q, slope, spread) {
  const variance = spread ** 2,
    error = (x - slope * q.mean) ** 2 + (slope * q.width) ** 2,
    reconstruction = -0.5 * Math.log(2 * Math.PI * variance) - error / (2 * variance),
    kl = gaussian_kl(q, { mean: 0, width: 1 });
  const precision = 1 + slope ** 2 / variance,
    posterior = { mean: (slope * x) / variance / precision, width: precision ** -0.5 };
  return {
    reconstruction,
    kl,
    elbo: reconstruction - kl,
    evidence: log_normal(x, 0, Math.hypot(slope, spread)),
    gap: gaussian_kl(q, posterior),
    posterior,
  };
}
