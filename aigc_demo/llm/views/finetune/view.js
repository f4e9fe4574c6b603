// One instruction, answered by the base and by the model as the dial stands. value: see
// finetune.py's follow().

import { marked, verdicts } from "aigc/llm/views/finetune/answers.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing obeying";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const line = make("p", { class: "line", translate: "no" }),
    halves = make("div", { class: "halves" });
  const whole = make("div", {}, make("p", { class: "hint" }, say(words.asked)), line, halves);
  whole.hidden = true;
  root.append(waking, whole);

  function half(title, about, given, figures) {
    const shares = figures.map(([word, value]) =>
      make(
        "div",
        {},
        make("dt", {}, say(words[word])),
        make("dd", {}, value === undefined ? "–" : `${number(value, 1)} %`),
      ),
    );
    return make(
      "section",
      {},
      make("h3", {}, title),
      make("p", { class: "hint" }, about),
      make(
        "div",
        { class: `page ${props.value.model}`, tabindex: "0", translate: "no" },
        ...marked(given),
      ),
      make("p", { class: "verdicts-of" }, ...verdicts(words, given)),
      make("dl", {}, ...shares),
    );
  }
  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    waking.hidden = true;
    whole.hidden = false;
    line.textContent = value.line;
    const of = (whose) => [
      ["forms", value.figures[`form obeyed${whose}`]],
      ["keywords", value.figures[`keyword obeyed${whose}`]],
    ];
    halves.replaceChildren(
      half(say(words.base), say(words.base_about), value.base, of(" by the base")),
      half(
        say(words.tuned, { dial: number(value.dial, 2) }),
        say(words.tuned_about),
        value.tuned,
        of(""),
      ),
    );
  }
  watch("value", draw);
  draw();
}
