// Four Tang poems, each with the verdict on its form.

import { verses } from "aigc/text/views/poems/verses.js";

/**
 * What `compose` of view.py gives.
 * @typedef {object} Value
 * @property {Poem[]} poems
 * @property {boolean} finished
 * @property {{ kept: string | number, loss: string | number }} measured the model's figures
 * @property {Both} [problem]
 *
 * @typedef {object} Poem
 * @property {string} title
 * @property {string[]} lines
 * @property {boolean} finished
 * @property {boolean} is_well_formed
 * @property {number} seed
 */

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing poems";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const articles = make("div", { class: "shelf" });
  const happened = make("p", { class: "note" });
  root.append(waking, articles, happened);

  /** @param {Poem} poem */
  function article(poem, finished) {
    return make(
      "article",
      { lang: "zh" },
      make("h3", { translate: "no" }, poem.title || say(words.untitled)),
      make("div", { class: "verses", translate: "no" }, ...verses(poem.lines).map(verse)),
      finished ? verdict(poem) : make("footer", { class: "writing" }, say(words.writing)),
      make("small", {}, `${say(words.seed)} ${poem.seed}`),
    );
  }
  // The lines of a verse stand side by side, as they are printed, or one below the other where that
  // is too wide.
  function verse(lines) {
    return make("p", {}, ...lines.map(line));
  }
  function line(text) {
    const characters = [...text].map((character) =>
      make("span", "，。".includes(character) ? { class: "mark" } : {}, character),
    );
    return make("span", { class: "line" }, ...characters);
  }
  function verdict({ is_well_formed, lines }) {
    if (!is_well_formed) return make("footer", { class: "broken" }, `✗ ${say(words.no_form)}`);
    const form = say(words.form, { length: [...lines[0]].length, lines: lines.length });
    return make("footer", { class: "kept" }, `✓ ${form}`);
  }
  function draw() {
    const value = props.value;
    if (!value?.poems) return;
    waking.hidden = true;
    articles.replaceChildren(
      ...value.poems.map((poem) => article(poem, poem.finished || value.finished)),
    );
    happened.textContent = say(words.happened, value.measured);
  }
  watch("value", draw);
  draw();
}
