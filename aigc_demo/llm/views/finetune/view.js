// One instruction, answered by the base and by the model as the dial stands.

import { marked, verdicts } from "aigc/llm/views/finetune/answers.js";

/** @import { Answer } from "aigc/llm/views/finetune/answers.js" */

/** What view.py's follow() makes.
 * @typedef {object} Value
 * @property {string} model
 * @property {string} line the instruction
 * @property {number} dial 0: the base, 1: the fine-tuned model
 * @property {Answer} base
 * @property {Answer} tuned
 * @property {Record<string, number>} figures of the checkpoint, in percent
 * @property {Both} [problem]
 */

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing compared";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const line = make("p", { class: "line", translate: "no" }),
    halves = make("div", { class: "halves" });
  const whole = make("div", {}, make("p", { class: "hint" }, say(words.asked)), line, halves);
  whole.hidden = true;
  root.append(waking, whole);

  function half(title, about, /** @type {Answer} */ answer, figures) {
    const shares = Object.entries(figures).map(([word, value]) =>
      make(
        "div",
        {},
        make("dt", {}, say(words[word])),
        make("dd", {}, value === undefined ? "–" : `${number(value, 1)} %`),
      ),
    );
    const page = { class: `page ${props.value.model}`, tabindex: "0", translate: "no" };
    return make(
      "section",
      {},
      make("h3", {}, title),
      make("p", { class: "hint" }, about),
      make("div", page, ...marked(answer)),
      make("p", { class: "verdicts-of" }, ...verdicts(words, answer)),
      make("dl", {}, ...shares),
    );
  }
  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    waking.hidden = true;
    whole.hidden = false;
    line.textContent = value.line;
    const figures = (whose) => ({
      forms: value.figures[`format compliance${whose}`],
      keywords: value.figures[`keyword compliance${whose}`],
    });
    const { base_about, tuned_about } = words;
    const tuned = say(words.tuned, { dial: number(value.dial, 2) });
    halves.replaceChildren(
      half(say(words.base), say(base_about), value.base, figures(", base model")),
      half(tuned, say(tuned_about), value.tuned, figures("")),
    );
  }
  watch("value", draw);
  draw();
}
