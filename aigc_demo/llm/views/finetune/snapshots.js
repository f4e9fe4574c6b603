// The training of the fine-tuning, replayed: one instruction, answered by a dozen snapshots.

import { marked, verdicts } from "aigc/llm/views/finetune/answers.js";
import { playback_controls } from "aigc/ui/playback_controls.js";

const PACE = 0.8; // answers a second

/** What a snapshot answered, as view.py's replay() makes it; step 0 is the base.
 * @typedef {import("aigc/llm/views/finetune/answers.js").Answer & {step: number}} Snapshot
 */

/** @param {Given<{snapshots: Snapshot[]}>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing player snapshots";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.machine));
  const waking = make("p", { class: "waking" }, say(words.waking));
  const title = make("h3"),
    page = make("div", { class: "page", translate: "no" }),
    followed = make("p", { class: "verdicts-of" });
  const bar = playback_controls(root, words, show);
  const hint = make("p", { class: "hint" }, say(words.machine));
  const whole = make("div", {}, hint, title, page, followed, bar.bar);
  whole.hidden = true;
  root.append(waking, whole);

  function show(index) {
    const snapshot = props.value?.snapshots[index];
    page.replaceChildren(...marked(snapshot));
    title.textContent = snapshot.step
      ? say(words.step, { step: number(snapshot.step, 0) })
      : say(words.untaught);
    followed.replaceChildren(...verdicts(words, snapshot));
    return title.textContent;
  }
  function open() {
    const found = props.value?.snapshots;
    if (!found?.length) return;
    waking.hidden = true;
    whole.hidden = false;
    bar.open(found.length, PACE);
    bar.go(found.length - 1);
  }
  watch("value", open);
  open();
}
