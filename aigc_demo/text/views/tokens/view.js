// A sentence that grows together, merge by merge: chips of characters, what merges next, and what
// was learned.

import { chip_row } from "aigc/text/views/tokens/chips.js";
import { count_table, merge_panels, shown } from "aigc/text/views/tokens/panels.js";
import { playback_controls } from "aigc/ui/playback_controls.js";

/**
 * What `merge` of view.py gives.
 * @typedef {object} Value
 * @property {string} text
 * @property {(number | null)[]} joined for each character the merge, from 1, that tied it to the
 *   character before
 * @property {Frame[]} frames the first before any merge
 * @property {(number | null)[]} ids each character's number in the Shakespeare models
 * @property {number} known how many characters these know
 * @property {boolean} exhausted
 * @property {Both} [problem]
 *
 * The text after some merges. pair: what was merged last, `count` times; candidates: the pairs that
 * meet most often now.
 * @typedef {object} Frame
 * @property {[left: string, right: string] | null} pair
 * @property {number} count
 * @property {number} tokens
 * @property {number} vocabulary
 * @property {[left: string, right: string, count: number][]} candidates
 */

const PACE = 1; // merges a second

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, still } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = "drawing player tokens";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.group));

  const waking = make("p", { class: "waking" }, say(words.waking));
  const sentence = chip_row();
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const bar = playback_controls(root, words, show);
  const table = count_table(words);
  const panels = merge_panels(words, (k) => {
    bar.pause();
    bar.go(k);
  });
  const whole = make(
    "div",
    { class: "whole" },
    sentence.element,
    bar.bar,
    caption,
    table.element,
    panels.element,
  );
  whole.hidden = true;
  root.append(waking, whole);

  /** @type {Value} */
  let value = null;
  /** @type {string[]} */
  let text = [];

  function show(k, by) {
    const frame = value.frames[k];
    sentence.draw(text, value.joined, k, Boolean(by) && !still());
    table.draw(text.length, value.frames[0], frame);
    panels.draw(frame, k);
    caption.textContent = k ? merged(frame, k) : say(words.start);
    return caption.textContent;
  }
  function merged({ pair: [left, right], count }, index) {
    const [first, second, token] = [left, right, left + right].map(shown);
    return say(words.caption, { index, left: first, right: second, count, token });
  }
  function draw() {
    if (!props.value || props.value.problem) return;
    waking.hidden = true;
    whole.hidden = false;
    value = props.value;
    text = Array.from(value.text);
    sentence.clear();
    panels.open(value, text);
    bar.open(value.frames.length, PACE);
    bar.go(still() ? value.frames.length - 1 : 0);
    if (!still()) bar.start();
  }
  watch("value", draw);
  draw();
}
