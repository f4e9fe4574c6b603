// How fast the training runs on the screen. All times are in milliseconds.

const FRAME = 66; // from one frame to the next
const BUDGET = 45; // of which the server may work
const REST = 4; // the least pause

/**
 * How many iterations to ask for next, when `count` of them took so long: as many as the budget
 * allows, at most twice as many as before, from 1 to `most`.
 * @param {number} count
 * @param {number} took
 * @param {number} most
 */
export function next_count(count, took, most) {
  return Math.max(1, Math.min(most, Math.round((count * BUDGET) / took), 2 * count));
}

/**
 * How long to rest until the next frame, after one that took so long.
 * @param {number} took
 */
export function rest_after(took) {
  return Math.max(REST, FRAME - took);
}
