// The time machine of the fine-tuning: one instruction, answered at a dozen moments. value: see
// finetune.py's replay().

import { marked, verdicts } from "aigc/llm/views/finetune/answers.js";
import { transport } from "aigc/ui/transport.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing player moments";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.machine));
  const waking = make("p", { class: "waking" }, say(words.waking));
  const title = make("h3"),
    page = make("div", { class: "page", translate: "no" }),
    obeyed = make("p", { class: "verdicts-of" });
  const bar = transport(root, words, show);
  const whole = make(
    "div",
    {},
    make("p", { class: "hint" }, say(words.machine)),
    title,
    page,
    obeyed,
    bar.bar,
  );
  whole.hidden = true;
  root.append(waking, whole);

  function show(index) {
    const moment = props.value.moments[index];
    page.replaceChildren(...marked(moment));
    title.textContent = moment.step
      ? say(words.step, { step: number(moment.step, 0) })
      : say(words.untaught);
    obeyed.replaceChildren(...verdicts(words, moment));
    return title.textContent;
  }
  function open() {
    const found = props.value?.moments;
    if (!found?.length) return;
    waking.hidden = true;
    whole.hidden = false;
    bar.open(found.length, 0.8);
    bar.go(found.length - 1);
  }
  watch("value", open);
  open();
}
