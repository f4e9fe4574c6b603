// What merges next, what was learned, and the characters with their numbers; and how many tokens
// the text has.

import { share_bar } from "aigc/ui/bar_list.js";

/**
 * @typedef {import("aigc/text/views/tokens/view.js").Frame} Frame
 * @typedef {import("aigc/text/views/tokens/view.js").Value} Value
 */

/**
 * A token's text with its blanks to be seen.
 * @param {string} text
 */
export const shown = (text) => Array.from(text, window.aigc.visible).join("");

const chip = (text, ...others) =>
  window.aigc.make("span", { class: "chip" }, shown(text), ...others);

/** A panel: title, what it says, and what it holds. */
const panel = (title, hint, content) => {
  const { make, say } = window.aigc;
  const text = make("p", { class: "hint" }, hint);
  return make("section", {}, make("h3", {}, say(title)), text, content);
};

/**
 * The three panels; go(k) is called for a merge that is clicked.
 * @param {Words} words
 * @param {(k: number) => void} go
 */
export function merge_panels(words, go) {
  const { make, say, number } = window.aigc;
  const candidates = make("ol", { translate: "no" }),
    learned = make("ol", { tabindex: "0", translate: "no" }),
    plain = make("div", { class: "plain", tabindex: "0", translate: "no" }),
    hint = make("span"),
    known = make("span");
  const element = make(
    "div",
    { class: "panels" },
    panel(words.candidates, hint, candidates),
    panel(words.learned, say(words.jump), learned),
    panel(words.characters, known, plain),
  );
  /** @type {HTMLElement[]} */
  let items = []; // of what was learned

  /**
   * Shows what is the same after every merge.
   * @param {Value} value
   * @param {string[]} text
   */
  function open(value, text) {
    known.textContent = say(words.characters_hint, {
      count: number(text.length, 0),
      distinct: number(value.frames[0].vocabulary, 0),
      known: number(value.known, 0),
    });
    const numbered = text.map((letter, i) => chip(letter, make("small", {}, value.ids[i] ?? "–")));
    plain.replaceChildren(...numbered);
    items = value.frames.slice(1).map(learned_merge);
    learned.replaceChildren(...items);
  }
  function learned_merge({ pair: [left, right], count }, i) {
    const button = make(
      "button",
      { type: "button" },
      make("i", {}, `${i + 1}`),
      chip(left),
      chip(right),
      "→",
      make("span", { class: "made" }, shown(left + right)),
      make("b", {}, `×${count}`),
    );
    button.addEventListener("click", () => go(i + 1));
    return make("li", {}, button);
  }
  function candidate([left, right, count], look, most) {
    return make(
      "li",
      { class: look },
      make("span", { class: "pair" }, chip(left), " ", chip(right)),
      share_bar(count / most),
      make("b", {}, `×${number(count, 0)}`),
    );
  }
  /**
   * Shows what holds after k merges.
   * @param {Frame} frame
   * @param {number} k
   */
  function draw(frame, k) {
    const counts = frame.candidates.map(([, , count]) => count),
      most = Math.max(...counts, 1),
      repeats = most > 1;
    hint.textContent = say(repeats ? words.candidates_hint : words.nothing);
    candidates.replaceChildren(
      ...frame.candidates.map((each, i) =>
        candidate(each, i || !repeats ? "guess" : "guess first", most),
      ),
    );
    items.forEach((item, i) => {
      item.hidden = i >= k;
      item.classList.toggle("now", i === k - 1);
    });
    learned.scrollTop = learned.scrollHeight;
  }
  return { element, open, draw };
}

/**
 * The table of how many tokens a text of `length` characters has, and how many distinct ones.
 * @param {Words} words
 */
export function count_table(words) {
  const { make, say, number } = window.aigc;
  const element = make("table", { class: "counts" });
  const heads = ["method", "tokens_count", "vocabulary", "per_token"].map((word) =>
    make("th", { scope: "col" }, say(words[word])),
  );
  const line = (attributes, name, length, { tokens, vocabulary }) => {
    const figures = [number(tokens, 0), number(vocabulary, 0), number(length / tokens, 2)];
    const cells = figures.map((figure) => make("td", {}, figure));
    return make("tr", attributes, make("th", { scope: "row" }, say(name)), ...cells);
  };
  /**
   * @param {number} length
   * @param {Frame} first before any merge
   * @param {Frame} frame
   */
  function draw(length, first, frame) {
    const characters = { tokens: length, vocabulary: first.vocabulary };
    element.replaceChildren(
      make("thead", {}, make("tr", {}, ...heads)),
      make(
        "tbody",
        {},
        line({}, words.by_character, length, characters),
        line({ class: "now" }, words.by_pair, length, frame),
      ),
    );
  }
  return { element, draw };
}
