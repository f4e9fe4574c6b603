// What a grid's cells are, and where the arrow keys lead among them.

/**
 * What one picture is made of.
 * @typedef {object} Cell
 * @property {string | number} prompt
 * @property {number} steps
 * @property {string} sampler
 * @property {number | string} guidance
 * @property {number} seed
 */

/**
 * An axis: what changes along it, and its values.
 * @typedef {object} Axis
 * @property {string} name
 * @property {string[]} labels
 */

/**
 * A grid, finished or not: see view.py's _drawn.
 * @typedef {object} Grid
 * @property {string} kind
 * @property {string} model
 * @property {Axis} down
 * @property {Axis} across
 * @property {Cell[]} cells row by row
 * @property {number[]} steps for each cell, how many are made
 * @property {number} calls of the network
 * @property {string} sheet the pictures, a data URI
 * @property {number} side of a picture, in pixels
 */

const FAR = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * Return the cell to which an arrow key leads from cell `at`: null where the key is no arrow, and
 * `at` where the grid ends.
 * @param {number} at
 * @param {string} key
 * @param {number} columns
 * @param {number} count of cells
 * @returns {number | null}
 */
export function next_cell(at, key, columns, count) {
  if (!FAR[key]) return null;
  const [down, right] = FAR[key],
    row = Math.floor(at / columns) + down,
    column = (at % columns) + right,
    next = row * columns + column;
  return column >= 0 && column < columns && next >= 0 && next < count ? next : at;
}

/**
 * Return how many steps of sampling are made, and how many there are to make.
 * @param {Pick<Grid, "cells" | "steps">} grid
 */
export function progress({ cells, steps }) {
  return {
    made: steps.reduce((sum, count) => sum + count, 0),
    total: cells.reduce((sum, cell) => sum + cell.steps, 0),
  };
}

/**
 * Whether two grids have the same pictures, so that one is only further than the other.
 * @param {Grid} one
 * @param {Grid} other
 */
export const same_cells = (one, other) =>
  one.model === other.model && JSON.stringify(one.cells) === JSON.stringify(other.cells);
