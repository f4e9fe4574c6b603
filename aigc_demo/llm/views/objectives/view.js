// One sentence, three models: what each may look at, and what it guesses.

import { frames_of, guess_at, marked, words_of } from "aigc/llm/views/objectives/guesses.js";
import { panel_of, shown } from "aigc/llm/views/objectives/panel.js";
import { percent } from "aigc/ui/format.js";
import { playback_controls } from "aigc/ui/playback_controls.js";

/** @import { Value } from "aigc/llm/views/objectives/guesses.js" */

const PACE = 0.6; // guesses a second
const PATIENCE = 5000; // milliseconds: an error is no answer

/** Send one sentence at a time, and of those that come meanwhile the last: what is clicked is shown
 * at once, and the next click need not wait for the models. */
function requests(trigger) {
  let requested = 0,
    next = null;
  const ask = (sentence) => {
    next = Date.now() - requested < PATIENCE ? sentence : null;
    if (next !== null) return;
    requested = Date.now();
    trigger("select", { sentence });
  };
  /** Note an answer; say whether it was the last that is wanted. */
  const answered = () => {
    requested = 0;
    if (next === null) return true;
    ask(next);
    return false;
  };
  return { ask, answered };
}

/** @param {Given<Value & {problem?: Both}>} given */
export default function mount({ element, trigger, props, watch }) {
  const { make, say, still } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing player objectives";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.group));

  const waking = make("p", { class: "waking" }, say(words.waking));
  const sentence = make("div", {
    class: "sentence",
    role: "group",
    "aria-label": say(words.click),
    translate: "no",
  });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const bar = playback_controls(root, words, show);
  const families = make("div", { class: "families" });
  const hint = make("p", { class: "hint" }, say(words.click));
  const whole = make("div", { class: "whole" }, hint, sentence, bar.bar, caption, families);
  whole.hidden = true;
  root.append(waking, whole);

  const { ask, answered } = requests((event, data) => trigger(event, data));
  /** @type {Value | null} */
  let value = null;
  /** @type {ReturnType<typeof panel_of>[]} */
  let panels = [];

  /** The sentence as the visitor wrote it: a button a word, pressed where it is hidden. */
  function draw_sentence() {
    const texts = words_of(value),
      hidden = new Set(value.hidden.map((place) => value.pieces[place][1]));
    const button_of = ([word, text]) => {
      const attributes = { type: "button", class: /^\s/.test(text) ? "" : "tied" };
      const button = make("button", attributes, text.trim());
      const press = () => button.setAttribute("aria-pressed", String(hidden.has(word)));
      press();
      button.addEventListener("click", () => {
        if (!hidden.delete(word)) hidden.add(word);
        press();
        ask(marked(texts, hidden));
      });
      return button;
    };
    sentence.replaceChildren(...[...texts].map(button_of));
  }
  function caption_of(frame) {
    const parts = value.models
      .map((model) => ({ name: model.name, guess: guess_at(model, frame) }))
      .filter(({ guess }) => guess)
      .map(({ name, guess }) => {
        const [text, p] = guess.likeliest[0];
        const right = shown(value.pieces[guess.place][0]);
        return say(words.guessed, { name, guess: shown(text), share: percent(p), right });
      });
    if (parts.length) return parts.join(" · ");
    return say(value.hidden.length ? words.begin : words.nothing);
  }
  function show(frame) {
    for (const panel of panels) panel.draw(frame);
    caption.textContent = caption_of(frame);
    return caption.textContent;
  }
  function draw() {
    if (!props.value || props.value.problem || !answered()) return;
    value = props.value;
    waking.hidden = true;
    whole.hidden = false;
    draw_sentence();
    const tone = (name) => getComputedStyle(root).getPropertyValue(name);
    panels = value.models.map((model) => panel_of(model, value, words, tone));
    families.replaceChildren(...panels.map((panel) => panel.element));
    const frames = frames_of(value.models);
    bar.open(frames, PACE);
    bar.go(still() ? frames - 1 : Math.min(1, frames - 1));
    if (!still()) bar.start();
  }
  watch("value", draw);
  draw();
}
