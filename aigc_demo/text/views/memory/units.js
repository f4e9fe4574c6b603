// The state of a recurrent network over a text: a picture of all its units, and the text tinted by
// one of them.

import { state_picture } from "aigc/text/views/memory/state.js";
import { clamp } from "aigc/ui/arithmetic.js";
import { bytes } from "aigc/ui/arrays.js";
import { format_number } from "aigc/ui/format.js";
import { on_theme_change } from "aigc/ui/theme.js";

/**
 * What `units` of view.py gives, of T characters and N units.
 * @typedef {object} Value
 * @property {string[]} text
 * @property {string} model
 * @property {{ shape: [T: number, N: number], int8: string }} state 127 for 1
 * @property {{ feature: Both, neuron: number, correlation: number }[]} found
 * @property {boolean} held_out whether these were found on the held-out text
 * @property {Both} [problem]
 *
 * @typedef {{ T: number, N: number, at: (t: number, n: number) => number }} State
 */

const MOVES = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * The state as numbers from -1 to 1: at(t, n) is unit n after character t.
 * @param {Value["state"]} state
 * @returns {State}
 */
export function unpack({ shape: [T, N], int8 }) {
  const numbers = new Int8Array(bytes(int8).buffer);
  return { T, N, at: (t, n) => numbers[t * N + n] / 127 };
}

/**
 * The class of a character after which a unit stands at `amount`.
 * @param {number} amount
 */
export const look_of = (amount) =>
  `cell ${amount < 0 ? "down" : "up"}${Math.abs(amount) > 0.75 ? " deep" : ""}`;

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing units";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const group = (name, word, others = {}) =>
    make("div", { class: name, role: "group", "aria-label": say(words[word]), ...others });
  const found = group("found", "found"),
    page = group("page", "text", { translate: "no", tabindex: "0" }),
    source = make("p", { class: "hint" }),
    field = make("input", { type: "number", min: 0, step: 1, "aria-label": say(words.unit) }),
    picture = state_picture(words, choose),
    caption = make("p", { class: "caption", "aria-live": "polite" });
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    make("h4", {}, say(words.found)),
    found,
    source,
    make("label", { class: "field" }, `${say(words.unit)} `, field),
    page,
    legend(words),
    caption,
    picture.element,
  );

  /** @type {Value} */
  let value = null;
  /** @type {State} */
  let state = null;
  /** @type {HTMLElement[]} */
  let cells = [];
  let unit = 0,
    at = 0;

  /**
   * Chooses a unit and, where one is given, a character.
   * @param {number} next
   * @param {number} [t]
   */
  function choose(next, t = at) {
    unit = clamp(Math.round(next) || 0, [0, state.N - 1]);
    field.value = String(unit);
    picture.mark(unit, state.N);
    for (const button of found.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(+button.dataset.unit === unit));
    cells.forEach((cell, index) => {
      const amount = state.at(index, unit);
      cell.style.setProperty("--amount", `${Math.round(100 * Math.abs(amount))}%`);
      cell.className = look_of(amount);
    });
    point(t);
  }
  function point(t) {
    cells[at]?.classList.remove("chosen");
    at = clamp(t, [0, state.T - 1]);
    cells[at].classList.add("chosen");
    caption.replaceChildren(
      make("b", {}, `${value.model} · ${say(words.unit)} ${unit}`),
      ` ${say(words.holds)} ${format_number(state.at(at, unit), 2)} `,
      make("code", {}, visible(value.text[at])),
    );
  }
  page.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by || !value) return;
    event.preventDefault();
    point(at + by);
  });
  field.addEventListener("input", () => {
    if (value && field.value !== "") choose(+field.value);
  });

  function draw() {
    if (!props.value || props.value.problem) return;
    const before = value;
    value = props.value;
    state = unpack(value.state);
    if (!stage.isConnected) root.replaceChildren(stage);
    field.max = String(state.N - 1);
    source.textContent = say(words[value.held_out ? "held_out" : "own"]);
    found.replaceChildren(...value.found.map(found_unit));
    if (before?.text.join("") !== value.text.join("")) lay_out();
    picture.paint(state);
    choose(before?.model === value.model ? unit : (value.found[0]?.neuron ?? 0));
  }
  function found_unit({ feature, neuron, correlation }) {
    const r = format_number(correlation, 2),
      figures = `${say(words.unit)} ${neuron} · ${say(words.r)} ${r}`;
    const button = make(
      "button",
      { type: "button", "data-unit": neuron },
      make("b", {}, say(feature)),
      make("span", {}, figures),
    );
    button.addEventListener("click", () => choose(neuron));
    return button;
  }
  function lay_out() {
    cells = value.text.map((character, t) => {
      const cell = make("span", {}, character === "\n" ? "↵" : character);
      cell.addEventListener("pointerenter", () => point(t));
      cell.addEventListener("click", () => point(t));
      return cell;
    });
    page.replaceChildren(
      ...cells.flatMap((cell, t) => (value.text[t] === "\n" ? [cell, "\n"] : [cell])),
    );
  }
  watch("value", draw);
  draw();
  on_theme_change(() => {
    if (value) picture.paint(state);
  });
}

function legend(words) {
  const { make, say } = window.aigc;
  return make(
    "p",
    { class: "legend" },
    make("span", { class: "cell up" }, "+"),
    ` ${say(words.positive)}`,
    make("span", { class: "cell down" }, "−"),
    ` ${say(words.negative)}`,
  );
}
