// The logit lens: what each layer would guess, layers upwards, positions to the right.

import { clamp } from "aigc/ui/arithmetic.js";
import { percent } from "aigc/ui/format.js";

/**
 * What `guesses` of view.py gives, of L layers and T characters.
 * @typedef {object} Value
 * @property {string[]} text
 * @property {string[][]} guesses (L + 1, T) the likeliest next, before and after layers
 * @property {number[][]} probabilities (L + 1, T) theirs
 * @property {number[][]} right (L + 1, T - 1) of the characters that follow
 * @property {Both} [problem]
 */

const MOVES = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing lens";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const table = make("table", {}),
    caption = make("p", { class: "caption", "aria-live": "polite" });
  const scroll = { class: "scroll", tabindex: "0", role: "group", "aria-label": say(words.title) };
  const grid = make("div", scroll, table);
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    grid,
    caption,
  );
  const layer_name = (l) => (l ? say(words.after, { number: l }) : say(words.before));

  /** @type {Value} */
  let value = null;
  let cells = [],
    layer = 0,
    at = 0;

  function draw() {
    if (!props.value || props.value.problem) return;
    const same = value && value.text.join("") === props.value.text.join("");
    value = props.value;
    if (!stage.isConnected) root.replaceChildren(stage);
    const { text, guesses } = value,
      next = text.slice(1).map(visible),
      last = guesses.length - 1;
    cells = guesses.map((row, l) => row.map((guess, t) => cell_of(guess, l, t)));
    const rows = cells.map((row, l) => line({}, layer_name(l), row));
    table.replaceChildren(
      make(
        "tbody",
        {},
        line({ class: "next" }, say(words.next), plain([...next, "?"])),
        ...rows.reverse(),
        line({ class: "read" }, say(words.read), plain(text.map(visible))),
      ),
    );
    if (same) show(Math.min(layer, last), at);
    else show(last, Math.max(0, text.length - 2));
  }
  function line(attributes, heading, row) {
    return make("tr", attributes, make("th", { scope: "row" }, heading), ...row);
  }
  function plain(characters) {
    return characters.map((character) => make("td", {}, character));
  }
  function cell_of(guess, l, t) {
    const p = value.probabilities[l][t],
      right = guess === value.text[t + 1];
    const look = `${right ? "right" : ""}${p > 0.55 ? " deep" : ""}`;
    const cell = make("td", { class: look, style: `--p: ${p}` }, visible(guess));
    cell.addEventListener("click", () => show(l, t));
    cell.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") show(l, t);
    });
    return cell;
  }
  function show(l, t) {
    cells[layer]?.[at]?.classList.remove("chosen");
    [layer, at] = [l, t];
    cells[l][t].classList.add("chosen");
    caption.replaceChildren(...sentence(l, t));
  }
  function sentence(l, t) {
    const { text, guesses, probabilities, right } = value;
    const parts = [
      make("b", {}, layer_name(l)),
      `, ${say(words.having)} `,
      make("code", {}, visible(text[t])),
      `: ${say(words.guess)} `,
      make("code", {}, visible(guesses[l][t])),
      ` ${percent(probabilities[l][t])}.`,
    ];
    if (t < text.length - 1)
      parts.push(
        ` ${say(words.follows)} `,
        make("code", { class: "data" }, visible(text[t + 1])),
        `: ${percent(right[l][t])}.`,
      );
    return parts;
  }
  grid.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by || !value) return;
    event.preventDefault();
    show(
      clamp(layer + by[0], [0, cells.length - 1]),
      clamp(at + by[1], [0, value.text.length - 1]),
    );
    cells[layer][at].scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  watch("value", draw);
  draw();
}
