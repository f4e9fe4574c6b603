// Pictures in rows, one of which is chosen: by pointer, by focus, by arrow keys.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The cell beside cell `at` that an arrow key leads to, counted row by row. At the end of a row it
 * is `at` itself; above or below the table, a number that is no cell's.
 * @param {number} at
 * @param {string} key
 * @param {number} columns
 * @returns {number | null} null for any other key
 */
export function neighbour(at, key, columns) {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const column = (at % columns) + arrow[0];
  return column < 0 || column >= columns ? at : at + arrow[0] + columns * arrow[1];
}

/**
 * Let the buttons in `table` be chosen, one at a time.
 * @param {HTMLElement} table its children are the cells, of which those that are buttons count
 * @param {() => number} columns
 * @param {(cell: number) => void} look shows the cell that is chosen
 * @returns {(cell: number) => void} what chooses a cell
 */
export function choosable(table, columns, look) {
  let at = 0;
  const cells = () => /** @type {HTMLElement[]} */ ([...table.children]);
  function choose(i) {
    at = i;
    cells().forEach((cell, j) => {
      cell.tabIndex = j === i ? 0 : -1;
      cell.classList.toggle("chosen", j === i);
    });
    look(i);
  }
  table.addEventListener("keydown", (event) => {
    const next = neighbour(at, event.key, columns());
    if (next === null) return;
    event.preventDefault();
    const cell = cells()[next];
    if (next !== at && cell?.matches("button")) cell.focus();
  });
  for (const kind of ["pointerover", "focusin"])
    table.addEventListener(kind, (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      const i = cells().indexOf(button);
      if (i >= 0) choose(i);
    });
  return choose;
}
