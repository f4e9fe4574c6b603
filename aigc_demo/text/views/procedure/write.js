// 6. What the model writes on, before and after; a mark stands where the two part.

import { common_length } from "aigc/text/views/procedure/value.js";
import { formula } from "aigc/ui/stepper.js";

const KINDS = /** @type {const} */ (["greedy", "sampled"]);
const PROMPT = 24; // characters that are seen of the text

/**
 * @param {Words} words
 * @param {import("aigc/text/views/procedure/value.js").Step} step
 * @returns {import("aigc/text/views/procedure/value.js").Stage}
 */
export function write(words, { text, continuations, temperature, seed }) {
  const { make, say } = window.aigc;
  const [before, after] = continuations,
    prompt = text.slice(-PROMPT).join("");
  const column = (name, writing) => {
    const pages = KINDS.flatMap((kind) => [
      make("p", { class: "kind" }, say(words[kind], { temperature, seed })),
      page(prompt, writing[kind], common_length(before[kind], after[kind])),
    ]);
    return make("div", {}, make("h4", {}, say(words[name])), ...pages);
  };
  const changed = KINDS.some((kind) => before[kind] !== after[kind]);
  return {
    said: say(words[changed ? "write_other" : "write_same"]),
    body: [
      formula("|generated:x_{t+1}| ∼ softmax( z_{t} / T )     t ← t + 1"),
      make("div", { class: "two" }, column("old", before), column("new", after)),
    ],
  };
}

/** What is written after `prompt`, with a mark after the first `same` characters. */
function page(prompt, written, same) {
  const { make } = window.aigc;
  const element = make(
    "p",
    { class: "page" },
    make("span", { class: "data" }, prompt),
    make("span", { class: "generated" }, written.slice(0, same)),
  );
  const rest = written.slice(same);
  if (rest) element.append(make("span", { class: "generated parted" }, make("b", {}, "▸"), rest));
  return element;
}
