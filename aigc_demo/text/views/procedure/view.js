// One training step in six stages. All numbers come at once, so that stepping waits for nothing.

import { attend } from "aigc/text/views/procedure/attend.js";
import { batch_row } from "aigc/text/views/procedure/batch.js";
import { embed } from "aigc/text/views/procedure/embed.js";
import { guess } from "aigc/text/views/procedure/guess.js";
import { learn } from "aigc/text/views/procedure/learn.js";
import { measure } from "aigc/text/views/procedure/measure.js";
import { unpack } from "aigc/text/views/procedure/value.js";
import { write } from "aigc/text/views/procedure/write.js";
import { stepper } from "aigc/ui/stepper.js";
import { on_theme_change } from "aigc/ui/theme.js";

/**
 * @typedef {import("aigc/text/views/procedure/value.js").Step} Step
 * @typedef {import("aigc/text/views/procedure/value.js").Value} Value
 */

const FIRST = 12; // the character that is chosen at first, from 0

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = "drawing staged procedure";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  /** @type {Step} */
  let step = null;
  let t = 0; // the character that was chosen, from 0
  const shown = { layer: 0, head: 0 };
  const stages = {
    embed: () => embed(words, step, t, choose),
    attend: () => attend(words, step, t, choose, shown, pick),
    guess: () => guess(words, step, t),
    measure: () => measure(words, step, t, choose),
    learn: () => learn(words, step),
    write: () => write(words, step),
  };
  const batch = batch_row(words, choose);
  const { frame, body, said, show } = stepper(Object.keys(stages), words, {
    before: batch.element,
    draw(name, index) {
      batch.element.hidden = index > 3;
      batch.mark(t, name === "guess" || name === "measure");
      const stage = stages[name]();
      said.textContent = stage.said;
      return stage.body;
    },
    arrow(by, event) {
      const target = /** @type {Element} */ (event.target);
      if (!batch.element.contains(target) && !target.closest(".losses")) return false;
      choose(t + by);
      const row = body.contains(target) ? body : batch.element;
      /** @type {HTMLElement} */ (row.querySelector('[aria-pressed="true"]'))?.focus();
      return true;
    },
  });

  /** @param {number} at */
  function choose(at) {
    t = Math.max(0, Math.min(step.text.length - 2, at));
    show();
  }
  function pick(word, n) {
    shown[word] = n;
    show();
    body.querySelectorAll("select")[word === "head" ? 1 : 0].focus();
  }
  function draw() {
    if (!props.value || props.value.problem) return;
    const fresh = step?.text.join("") !== props.value.text.join("");
    step = unpack(props.value);
    if (fresh) {
      [shown.layer, shown.head] = step.shown;
      t = Math.min(FIRST, step.text.length - 2);
      batch.show(step.text);
    }
    if (!frame.isConnected) root.replaceChildren(frame);
    show();
  }
  watch("value", draw);
  draw();
  on_theme_change(() => {
    if (step) show();
  });
}
