// The rules by which a GAN is trained: see toy_gan.py's GanConfig.

/**
 * @typedef {object} Rules
 * @property {string} shape what is to be learned; "drawn" is the visitor's own
 * @property {string} loss
 * @property {number} layers hidden ones, of each network
 * @property {number} width_g units a hidden layer
 * @property {number} width_d
 * @property {number} rate_g learning rates
 * @property {number} rate_d
 * @property {number} d_steps steps of D for each of G
 * @property {number} seed
 */

/**
 * The rules with which the view opens, changed as a preset says, by the seed that is set.
 * @param {Rules} start
 * @param {Partial<Rules>} changes
 * @param {number} seed
 * @returns {Rules}
 */
export function with_preset(start, changes, seed) {
  return { ...start, ...changes, seed };
}
