// The heads of a Transformer. Every head as a small map; of one head the four steps of eq. 1, and
// one row of them in numbers.

import { head_grid } from "aigc/text/views/attention/heads.js";
import { head_row } from "aigc/text/views/attention/row.js";
import { step_panels } from "aigc/text/views/attention/steps.js";
import { habits, row_of, unpack } from "aigc/text/views/attention/value.js";
import { clamp } from "aigc/ui/arithmetic.js";
import { on_theme_change } from "aigc/ui/theme.js";

/**
 * @typedef {import("aigc/text/views/attention/value.js").Head} Head
 * @typedef {import("aigc/text/views/attention/value.js").Value} Value
 */

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {Given<Value>} given */
export default function mount({ element, trigger, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing attention";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  /** @type {Head} */
  let head = null; // the numbers of the chosen head
  let i = 0,
    j = 0; // the cell that is written out
  /** @type {Set<string>} */
  let off = new Set();

  const grid = head_grid(words, choose, (name, on) => {
    off[on ? "delete" : "add"](name);
    switch_heads();
  });
  const steps = step_panels(words, pick);
  const row = head_row(words, (to) => pick(to, null));
  const switches = switch_buttons(words, (all_on) => {
    off = new Set(all_on ? [] : grid.names());
    switch_heads();
  });
  const summary = head_summary(words);
  const note = make("p", { class: "hint" });
  const left = make(
    "div",
    { class: "left" },
    make("h3", {}, say(words.all)),
    make("p", { class: "hint" }, say(words.hint)),
    grid.element,
    switches.element,
    summary.title,
    summary.list,
  );
  const desk = make("div", { class: "desk" }, left, steps.element);
  const stage = make("div", { class: "stage-of-heads" }, note, desk, row.element);

  function choose(layer, h) {
    mark(layer, h);
    trigger("select", { layer: layer + 1, head: h + 1 });
  }
  function mark(layer, h) {
    switches.to_text.hidden = !off.size;
    grid.mark(layer, h, off);
  }
  function switch_heads() {
    mark(head.layer, head.head);
    trigger("switch", { off: [...off].sort().join(" ") });
  }
  /**
   * Chooses a cell; without a column, the row's strongest.
   * @param {number} to
   * @param {number | null} column
   */
  function pick(to, column) {
    i = clamp(to, [0, head.T - 1]);
    const weights = row_of(head, i);
    j = column === null ? weights.indexOf(Math.max(...weights)) : clamp(column, [0, head.T - 1]);
    steps.draw(head, i, j);
    row.draw(head, i, j);
  }
  steps.element.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by || !head) return;
    event.preventDefault();
    pick(i + by[0], j + by[1]);
  });

  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    const before = head;
    head = unpack(value);
    off = new Set(value.off);
    if (!stage.isConnected) root.replaceChildren(stage);
    note.textContent = value.left_out ? say(words.left_out) : "";
    summary.draw(head, off);
    if (before?.layers !== head.layers || before.H !== head.H) grid.lay_out(head.layers, head.H);
    steps.lay_out(head);
    const same = before?.text.join("") === head.text.join("");
    if (!same || before.D !== head.D) row.lay_out(head);
    mark(head.layer, head.head);
    grid.draw(head);
    pick(same ? i : head.T - 1, null);
  }
  watch("value", draw);
  draw();
  on_theme_change(draw);
}

/** The buttons for all heads at once, and one that leads to the text without some. */
function switch_buttons(words, switch_all) {
  const { make, say, still } = window.aigc;
  const button = (word, act) => {
    const made = make("button", { type: "button", class: "plain" }, say(words[word]));
    made.addEventListener("click", act);
    return made;
  };
  const to_text = button("text", () =>
    document
      .getElementById("attention-ablation")
      .scrollIntoView({ behavior: still() ? "auto" : "smooth" }),
  );
  const all = [button("on", () => switch_all(true)), button("off", () => switch_all(false))];
  return { element: make("div", { class: "both" }, ...all, to_text), to_text };
}

/** The chosen head's name, and what it does on this text. */
function head_summary(words) {
  const { make, say, number } = window.aigc;
  const title = make("h3", { "aria-live": "polite" }),
    list = make("dl", { class: "habits" });
  function draw(head, off) {
    const [layer, h] = [head.layer + 1, head.head + 1];
    const names = [say(words.layer, { number: layer }), say(words.head, { number: h })];
    if (off.has(`${layer}.${h}`)) names.push(say(words.silent));
    title.textContent = names.join(" · ");
    const { previous, self, distance } = habits(head);
    const figures = {
      previous: `${number(100 * previous, 0)} %`,
      self: `${number(100 * self, 0)} %`,
      distance: number(distance, 1),
    };
    list.replaceChildren(
      ...Object.entries(figures).map(([key, figure]) =>
        make("div", {}, make("dt", {}, say(words[key])), make("dd", {}, figure)),
      ),
    );
  }
  return { title, list, draw };
}
