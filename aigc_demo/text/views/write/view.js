// One model's writing: the prompt, what it has written so far, and its figures.

import { tinted_text } from "aigc/text/views/_shared/tinted.js";

/**
 * What `column` of view.py gives, and `column` of llm/views/hub/write.py.
 * @typedef {object} Value
 * @property {string} name
 * @property {Both} about
 * @property {string} prompt
 * @property {string} text
 * @property {boolean} finished
 * @property {import("aigc/text/views/_shared/tinted.js").Reading | null} surprise
 * @property {number} bits_per_character
 * @property {number} characters_per_second
 * @property {number | null} held_out_loss
 * @property {Both} [problem]
 */

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = "drawing writing";
  root.toggleAttribute("data-plain", true); // tint.js takes it away
  const name = make("h3"),
    about = make("p", { class: "about" });
  const asked = make("span", { class: "data" }),
    written = make("span", { class: "generated" }),
    caret = make("span", { class: "caret" }, "▍");
  const waking = make("p", { class: "waking" }, say(props.words.waking));
  const page = make(
    "div",
    { class: "page", tabindex: "0", translate: "no" },
    waking,
    asked,
    written,
    caret,
  );
  const figures = make("dl", { class: "figures" });
  const tint = tinted_text(page, written, props.words);
  root.append(name, about, page, tint.expected, figures);

  const [held_out, surprise, speed] = ["held_out", "surprise", "speed"].map((key) => {
    if (!props.words[key]) return null;
    const figure = make("dd");
    figures.append(make("div", { class: key }, make("dt", {}, say(props.words[key])), figure));
    return figure;
  });

  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    waking.hidden = true;
    name.textContent = value.name;
    about.textContent = say(value.about);
    asked.textContent = value.prompt;
    tint.show(value.text, value.surprise);
    caret.hidden = value.finished;
    if (held_out)
      held_out.textContent = value.held_out_loss === null ? "–" : number(value.held_out_loss, 2);
    surprise.textContent = value.text ? number(value.bits_per_character, 2) : "–";
    speed.textContent = value.text ? number(value.characters_per_second, 0) : "–";
    if (!value.finished) page.scrollTop = page.scrollHeight;
  }
  watch("value", draw);
  draw();
}
