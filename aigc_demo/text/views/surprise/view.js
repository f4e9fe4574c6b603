// A text as several models read it: each one's bits per character (or per piece, where a reading
// names its pieces), the text tinted by one of them, and the bits along it.

import { tint_legend, tinted_text } from "aigc/text/views/_shared/tinted.js";
import { curve_plot } from "aigc/text/views/surprise/curves.js";
import { share_bar } from "aigc/ui/bar_list.js";

/**
 * What `report` of view.py gives, and of llm/views/hub/surprise.py.
 * @typedef {object} Value
 * @property {string} text
 * @property {Reader[]} readers
 * @property {Both} [problem]
 *
 * A model's reading; where it could not read the text, only its name and why.
 * @typedef {object} Reader
 * @property {Both | string} name
 * @property {number} [bits_per_character]
 * @property {number} [blind] bits of a character that is guessed among all equally likely
 * @property {import("aigc/text/views/_shared/tinted.js").Reading} [reading]
 * @property {Both} [problem]
 */

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing surprise";

  const waking = make("p", { class: "waking" }, say(words.waking));
  const cards = make("div", { class: "cards", role: "group", "aria-label": say(words.cards) });
  const holder = make("span");
  const page = make(
    "div",
    { class: "page", tabindex: "0", role: "group", "aria-label": say(words.page) },
    holder,
  );
  const curves = curve_plot(words, (index, follow) => tint.choose(index, { follow }));
  const tint = tinted_text(page, holder, words, curves.mark);
  const stage = make(
    "div",
    { class: "whole" },
    cards,
    tint_legend(words),
    make("div", { class: "reading" }, page, tint.expected),
    curves.element,
  );
  stage.hidden = true;
  root.append(waking, stage);

  /** @type {Reader[]} */
  let readers = [];
  let selected = -1;

  function select(index) {
    selected = index;
    [...cards.children].forEach((card, i) => {
      card.setAttribute("aria-pressed", String(i === index));
    });
    curves.select(index);
    tint.show(props.value.text, readers[index].reading);
  }
  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    waking.hidden = true;
    stage.hidden = false;
    readers = value.readers;
    const pieces = readers.find(({ reading }) => reading?.pieces)?.reading.pieces,
      { length } = pieces ?? Array.from(value.text);
    const bits = readers.map((reader) => reader.bits_per_character ?? Infinity),
      best = bits.indexOf(Math.min(...bits));
    const most = Math.max(
      ...readers.flatMap(({ bits_per_character, blind }) => [bits_per_character ?? 0, blind ?? 0]),
    );
    cards.replaceChildren(
      ...readers.map((reader, index) => {
        const card = reader_card(words, reader, { index, length, most, best: index === best });
        card.addEventListener("click", () => select(index));
        return card;
      }),
    );
    curves.draw(
      readers.map(({ reading }) => reading?.bits),
      length,
    );
    select(readers[selected]?.reading ? selected : best);
  }
  watch("value", draw);
  draw();
}

/** A reader's bits, beside those of the others: `most` are as long as a bar can be. */
function reader_card(words, reader, { index, length, most, best }) {
  const { make, say, number } = window.aigc;
  const look = { class: "sample", viewBox: "0 0 60 10", "aria-hidden": "true" };
  const sample = make("svg", look, make("polyline", { points: "0,5 60,5" }));
  const name = make("span", { class: "name" }, say(reader.name), sample);
  const card = make("button", { type: "button", class: "card", "data-line": index }, name);
  if (reader.problem) {
    card.append(make("span", { class: "note" }, say(reader.problem)));
    card.disabled = true;
    return card;
  }
  const bits = reader.bits_per_character;
  const figure = make("b", {}, number(bits, 2));
  card.append(
    make("span", { class: "figure" }, figure, ` ${say(words.per_character)}`),
    share_bar(bits / most, "loss"),
    make(
      "span",
      { class: "note" },
      say(words.total, { bits: number(bits * length, 0) }),
      ...(best ? [make("strong", {}, `★ ${say(words.best)}`)] : []),
    ),
  );
  return card;
}
