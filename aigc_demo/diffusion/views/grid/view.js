// A grid of pictures with both axes named; a click or Enter opens one's film. value: see grid.py's
// _drawn.

import { cut, sprite, tile } from "aigc/ui/sprite.js";

export default function mount({ element, trigger, props, watch }) {
  const { make, say, number, still } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing cells";
  let value = null,
    at = 0,
    canvases = [];

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
    cells().forEach((cell, j) => (cell.tabIndex = j === i ? 0 : -1));
  }
  function open(i) {
    choose(i);
    cells().forEach((cell, j) => cell.setAttribute("aria-pressed", j === i));
    const { prompt, steps, sampler, guidance, seed } = value.cells[i];
    root.cell = [value.model, `${prompt}`, steps, sampler, guidance, seed];
    trigger("select");
    document
      .querySelector("#diffusion-grid-title")
      ?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
    document
      .querySelector("#diffusion-grid-film")
      ?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }
  table.addEventListener("keydown", (event) => {
    const columns = value.across.labels.length,
      next = {
        ArrowLeft: at - 1,
        ArrowRight: at + 1,
        ArrowUp: at - columns,
        ArrowDown: at + columns,
      }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const same_row = Math.floor(next / columns) === Math.floor(at / columns);
    if (cells()[next] && (same_row || Math.abs(next - at) === columns)) cells()[next].focus();
  });

  // The frame of labels and empty cells, made anew only where the axes have changed.
  function lay_out() {
    const { across, down } = value,
      rows = down.labels.length,
      columns = across.labels.length;
    table.style.setProperty("--columns", columns);
    table.style.setProperty("--rows", rows);
    const corner = make(
      "div",
      { class: "corner" },
      make("span", {}, `${say(words[across.name])} →`),
      make("span", {}, `↓ ${say(words[down.name])}`),
    );
    const heads = across.labels.map((label) =>
      make("div", { class: "head", translate: "no" }, label),
    );
    canvases = value.cells.map(() => tile("", value.side));
    const lines = down.labels.flatMap((label, row) => [
      make("div", { class: "side", translate: "no" }, label),
      ...across.labels.map((_, column) => {
        const i = row * columns + column,
          { prompt, steps, sampler, guidance, seed } = value.cells[i];
        const name = say(words.cell, { prompt, steps, sampler, guidance: +guidance, seed });
        const cell = make(
          "button",
          { type: "button", "aria-label": name, title: name, "aria-pressed": "false" },
          canvases[i],
        );
        cell.addEventListener("click", () => open(i));
        cell.addEventListener("focus", () => choose(i));
        return cell;
      }),
    ]);
    table.replaceChildren(corner, ...heads, ...lines);
    choose(0);
  }
  function draw(given, sheet) {
    const axes = ({ model, cells }) => JSON.stringify([model, cells]),
      fresh = !value || axes(value) !== axes(given);
    value = given;
    [waking.hidden, body.hidden] = [true, false];
    if (fresh) lay_out();
    const total = value.cells.reduce((sum, cell) => sum + cell.steps, 0),
      made = value.steps.reduce((sum, steps) => sum + steps, 0);
    cells().forEach((cell, i) => {
      if (value.steps[i]) cut(canvases[i], sheet, i);
      cell.classList.toggle("done", value.steps[i] === value.cells[i].steps);
      cell.classList.toggle("empty", !value.steps[i]);
    });
    const share = made / total;
    meter.setAttribute("aria-valuenow", Math.round(100 * share));
    meter.classList.toggle("full", share === 1);
    filled.style.width = `${100 * share}%`;
    root.dataset.share = share;
    hint.textContent =
      share < 1
        ? say(words.going, { made: number(made, 0), total: number(total, 0), calls: value.calls })
        : say(words.hint);
  }
  function come() {
    const given = props.value;
    if (!given?.sheet) return;
    sprite(given.sheet, (picture) => {
      if (props.value === given) draw(given, picture);
    });
  }
  watch("value", come);
  come();
}
