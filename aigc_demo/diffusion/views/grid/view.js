// A grid of pictures with both axes named; a click or Enter opens one's film.

import { next_cell, progress, same_cells } from "aigc/diffusion/views/grid/cells.js";
import { draw_tile, sprite, tile_canvas } from "aigc/ui/sprite.js";

/**
 * @typedef {import("aigc/diffusion/views/grid/cells.js").Grid} Grid
 * @typedef {[string, string, number, string, number | string, number]} FilmInputs of view.py's film
 */

/** @param {Given<Grid>} given */
export default function mount({ element, trigger, props, watch }) {
  const { make, say, number, still } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement & { cell?: FilmInputs }} */
  const root = element.querySelector(".drawing");
  root.className = "drawing cells";
  /** @type {Grid} */
  let value = null;
  /** @type {HTMLCanvasElement[]} */
  let canvases = [];
  let at = 0;

  const waking = make("p", { class: "waking" }, say(words.waking));
  const table = make("div", { class: "lattice", role: "group", "aria-label": say(words.sheet) });
  const filled = make("i"),
    meter = make(
      "div",
      {
        class: "meter",
        role: "progressbar",
        "aria-valuemin": 0,
        "aria-valuemax": 100,
        "aria-label": say(words.progress),
      },
      filled,
    );
  const hint = make("p", { class: "hint" });
  const body = make("div", {}, make("div", { class: "scroll" }, table), meter, hint);
  body.hidden = true;
  root.append(waking, body);

  const cells = () => [...table.querySelectorAll("button")];
  function choose(i) {
    at = i;
    cells().forEach((cell, j) => {
      cell.tabIndex = j === i ? 0 : -1;
    });
  }
  function open(i) {
    choose(i);
    cells().forEach((cell, j) => {
      cell.setAttribute("aria-pressed", String(j === i));
    });
    const { prompt, steps, sampler, guidance, seed } = value.cells[i];
    root.cell = [value.model, `${prompt}`, steps, sampler, guidance, seed];
    trigger("select");
    for (const place of ["#diffusion-grid-title", "#diffusion-grid-film"])
      document
        .querySelector(place)
        ?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }
  table.addEventListener("keydown", (event) => {
    const next = next_cell(at, event.key, value.across.labels.length, value.cells.length);
    if (next === null) return;
    event.preventDefault();
    if (next !== at) cells()[next].focus();
  });

  function cell_button(i) {
    const { prompt, steps, sampler, guidance, seed } = value.cells[i];
    const name = say(words.cell, { prompt, steps, sampler, guidance: +guidance, seed });
    const cell = make(
      "button",
      { type: "button", "aria-label": name, title: name, "aria-pressed": "false" },
      canvases[i],
    );
    cell.addEventListener("click", () => open(i));
    cell.addEventListener("focus", () => choose(i));
    return cell;
  }
  // The frame of labels and empty cells, made anew only where the axes have changed.
  function lay_out() {
    const { across, down } = value,
      rows = down.labels.length,
      columns = across.labels.length;
    table.style.setProperty("--columns", String(columns));
    table.style.setProperty("--rows", String(rows));
    const corner = make(
      "div",
      { class: "corner" },
      make("span", {}, `${say(words[across.name])} →`),
      make("span", {}, `↓ ${say(words[down.name])}`),
    );
    const heads = across.labels.map((label) =>
      make("div", { class: "head", translate: "no" }, label),
    );
    canvases = value.cells.map(() => tile_canvas("", value.side));
    const lines = down.labels.flatMap((label, row) => [
      make("div", { class: "side", translate: "no" }, label),
      ...across.labels.map((_, column) => cell_button(row * columns + column)),
    ]);
    table.replaceChildren(corner, ...heads, ...lines);
    choose(0);
  }
  /**
   * @param {Grid} given
   * @param {HTMLImageElement} sheet
   */
  function draw(given, sheet) {
    const fresh = !value || !same_cells(value, given);
    value = given;
    [waking.hidden, body.hidden] = [true, false];
    if (fresh) lay_out();
    cells().forEach((cell, i) => {
      if (value.steps[i]) draw_tile(canvases[i], sheet, i);
      cell.classList.toggle("done", value.steps[i] === value.cells[i].steps);
      cell.classList.toggle("empty", !value.steps[i]);
    });
    const { made, total } = progress(value),
      share = made / total;
    meter.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    meter.classList.toggle("full", share === 1);
    filled.style.width = `${100 * share}%`;
    root.dataset.share = String(share);
    hint.textContent =
      share < 1
        ? say(words.going, { made: number(made, 0), total: number(total, 0), calls: value.calls })
        : say(words.hint);
  }
  function receive() {
    const given = props.value;
    if (!given?.sheet) return;
    sprite(given.sheet, (picture) => {
      if (props.value === given) draw(given, picture);
    });
  }
  watch("value", receive);
  receive();
}
