// Values of beta on a scale of logarithms.

/**
 * The beta of a place on the scale, its decimal logarithm; in four figures, within the range.
 * @param {number} place
 * @param {[number, number]} range
 */
export function beta_at(place, [low, high]) {
  return Math.min(high, Math.max(low, +(10 ** place).toPrecision(4)));
}

/**
 * How many digits behind the point a beta is written with: about two figures.
 * @param {number} beta
 */
export function digits_of(beta) {
  if (beta < 1) return 2;
  return beta < 9.95 ? 1 : 0;
}
