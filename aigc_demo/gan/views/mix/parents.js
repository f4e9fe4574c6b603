// The table of children: its first row and its first column are parents, its corner is empty.

/**
 * Where a cell stands, counted row by row, and the seeds at the head of its row and of its column.
 * In the first row there is no parent A, in the first column no parent B: a parent is its own.
 * @param {number} cell
 * @param {{ parents: number, first: number, second: number }} table parents a side, and the seeds
 * of the first A and of the first B
 * @returns {{ a: number | null, b: number | null }}
 */
export function parents_of(cell, { parents, first, second }) {
  const row = Math.floor(cell / (parents + 1)),
    column = cell % (parents + 1);
  return { a: row ? first + row - 1 : null, b: column ? second + column - 1 : null };
}
