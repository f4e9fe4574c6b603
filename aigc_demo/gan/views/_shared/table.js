// Pictures in rows, one of which is chosen: by pointer, by focus, by arrow keys. Returns what
// chooses cell i; `look(i)` then shows it.
export function choosable(table, columns, look) {
  let at = 0;
  const cells = () => [...table.children];
  function choose(i) {
    at = i;
    cells().forEach((cell, j) => {
      cell.tabIndex = j === i ? 0 : -1;
      cell.classList.toggle("chosen", j === i);
    });
    look(i);
  }
  table.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns() }[
        event.key
      ],
      next = at + by;
    const leaves =
      Math.abs(by) === 1 && Math.floor(next / columns()) !== Math.floor(at / columns());
    if (!by) return;
    event.preventDefault();
    if (!leaves && cells()[next]?.matches("button")) cells()[next].focus();
  });
  for (const kind of ["pointerover", "focusin"])
    table.addEventListener(kind, (event) => {
      const i = cells().indexOf(event.target.closest("button"));
      if (i >= 0) choose(i);
    });
  return choose;
}
