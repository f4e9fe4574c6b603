// A text whose characters, or the pieces that a reading names, are tinted by their bits, and what
// the model expected at the chosen one.

import { nearest_in_line, shade_of, share_of, tint_ranges } from "aigc/text/views/_shared/bits.js";
import { bar_item, share_bar } from "aigc/ui/bar_list.js";

/**
 * What a model expected of a text: see Reading.compact in text/surprise.py, and llm/hub.py.
 * @typedef {object} Reading
 * @property {number[]} bits of each character, or piece
 * @property {Iterable<string>[]} likeliest the characters, or pieces, that were expected at each
 * @property {number[]} thousandths their probabilities, one after another
 * @property {string[]} [pieces] where it is not characters that are read
 */

/**
 * The tint's six shades with their bits.
 * @param {Words} words
 */
export function tint_legend(words) {
  const { make, say } = window.aigc;
  const shades = tint_ranges().map((range, shade) =>
    make("span", { class: "cell", "data-shade": shade }, range),
  );
  return make("p", { class: "legend" }, say(words.legend), ...shades);
}

/**
 * A text in `holder`, whose characters are chosen by pointer and, in `page`, which takes the keys,
 * by keyboard.
 * @param {HTMLElement} page
 * @param {HTMLElement} holder
 * @param {Words} words
 * @param {(index: number) => void} [chosen] is called when one is chosen
 */
export function tinted_text(page, holder, words, chosen = () => {}) {
  const { make, say } = window.aigc;
  const hint = () => make("p", { class: "hint" }, say(words.hint));
  const expected = make("div", { class: "expected", "aria-live": "polite" }, hint());
  /** @type {string[]} */
  let text = [];
  /** @type {HTMLElement[]} */
  let cells = [];
  /** @type {Reading} */
  let reading = null;
  let index = -1;

  /**
   * Chooses a character; where there is none, nothing changes.
   * @param {number} next
   * @param {{ follow?: boolean }} [options] follow: it is brought into sight
   */
  function choose(next, { follow = false } = {}) {
    if (!reading || next < 0 || next >= cells.length) return;
    cells[index]?.classList.remove("chosen");
    index = next;
    cells[index].classList.add("chosen");
    if (follow) cells[index].scrollIntoView({ block: "nearest" });
    expected.replaceChildren(...expectation(reading, text, index, words));
    chosen(index);
  }
  const vertical = (by) => nearest_in_line((i) => cells[i]?.getBoundingClientRect(), index, by);
  page.addEventListener("keydown", (event) => {
    if (!reading || page.closest("[data-plain]")) return;
    const keys = {
      ArrowLeft: () => index - 1,
      ArrowRight: () => index + 1,
      Home: () => 0,
      End: () => cells.length - 1,
      ArrowUp: () => vertical(-1),
      ArrowDown: () => vertical(1),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(index < 0 ? 0 : keys[event.key](), { follow: true });
  });
  for (const kind of ["pointerover", "click"]) {
    holder.addEventListener(kind, ({ target }) =>
      choose(cells.indexOf(/** @type {HTMLElement} */ (target))),
    );
  }

  function lay_out(pieces) {
    text = pieces;
    cells = text.map((piece) =>
      make("span", { class: piece.startsWith("\n") ? "cell end" : "cell" }, piece),
    );
    index = -1;
    holder.replaceChildren(...cells);
    expected.replaceChildren(hint());
  }
  /**
   * Shows a text: plain, or tinted by what a model expected of it.
   * @param {string} whole
   * @param {Reading | null} [read]
   */
  function show(whole, read) {
    reading = read;
    expected.classList.toggle("pieces", Boolean(read?.pieces));
    if (!read) {
      [cells, index] = [[], -1];
      holder.textContent = whole;
      return;
    }
    const pieces = read.pieces ?? Array.from(whole);
    const same = pieces.length === text.length && pieces.every((piece, i) => piece === text[i]);
    if (!cells.length || !same) lay_out(pieces);
    cells.forEach((cell, i) => {
      cell.dataset.shade = String(shade_of(read.bits[i]));
    });
    if (index >= 0) expected.replaceChildren(...expectation(reading, text, index, words));
  }
  return { expected, show, choose };
}

/** The bits of one character, and what was expected instead of it. */
function expectation(reading, text, index, words) {
  const { make, say, number, visible } = window.aigc;
  const bits = reading.bits[index],
    likeliest = Array.from(reading.likeliest[index]);
  const rows = likeliest.map((piece, i) => ({
    piece,
    p: reading.thousandths[index * likeliest.length + i] / 1000,
  }));
  if (!likeliest.includes(text[index])) rows.push({ piece: text[index], p: 2 ** -bits });
  const row = ({ piece, p }) =>
    bar_item(visible(piece), share_bar(p), share_of(p), piece === text[index]);
  return [
    make(
      "p",
      { class: "bits" },
      make("b", { class: "glyph" }, visible(text[index])),
      make("b", {}, number(bits, 1)),
      ` ${say(words.bits)}`,
    ),
    make("p", { class: "hint" }, say(words.expected)),
    make("ol", { class: "bar-list" }, ...rows.map(row)),
  ];
}
