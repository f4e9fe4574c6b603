// GPT's pretraining in five steps. All numbers come at once, so that stepping waits for nothing.

import { batch_of, neighbour } from "aigc/llm/views/procedure/batch.js";
import { draw_step, STEPS } from "aigc/llm/views/procedure/steps.js";
import { stepper } from "aigc/ui/stepper.js";

const OPENED = 4; // the token that is looked at first, or the sequence's last

/** @import { Position, Step } from "aigc/llm/views/procedure/batch.js" */

/** @param {Given<Step & {problem?: Both}>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged pretraining";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  /** @type {Step | null} */
  let step = null;
  /** @type {Position} */
  let chosen = { row: 0, place: 0 };

  const { frame, body, said, show } = stepper(STEPS, words, {
    draw(name) {
      const batch = (under, tint = undefined) =>
        batch_of(step.sequences, chosen, { name: say(words.batch), under, tint }, choose);
      const drawn = draw_step(name, { step, chosen, words, batch });
      said.textContent = drawn.said;
      return drawn.parts;
    },
    arrow(by, event) {
      if (!event.target.closest(".token")) return false;
      choose(neighbour(step.sequences, chosen, by));
      return true;
    },
  });
  function choose(/** @type {Position} */ at) {
    chosen = at;
    show();
    /** @type {HTMLElement | null} */
    const token = body.querySelector('.token[aria-pressed="true"]');
    token?.focus();
  }
  function come() {
    const value = props.value;
    if (!value || value.problem) return;
    if (step?.text !== value.text)
      chosen = { row: 0, place: Math.min(OPENED, value.sequences[0].length - 1) };
    step = value;
    if (!frame.isConnected) root.replaceChildren(frame);
    show();
  }
  watch("value", come);
  come();
}
