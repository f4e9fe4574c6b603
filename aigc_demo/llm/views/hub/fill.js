// A text with hidden places, and bars for what may stand in each. A click on a word puts it there.

import { bar_button, share_bar } from "aigc/ui/bar_list.js";
import { percent } from "aigc/ui/format.js";

/** What a model makes of one hidden token: the likeliest words, best first.
 * @typedef {{words: string[], probabilities: number[]}} Place
 */
/** What fill.py's fill() makes: the text's parts around the places.
 * @typedef {{parts: string[], places: Place[]}} Value
 */

/**
 * Return the parts of a text and what stands between them, in turn.
 * @template Part, Between
 * @param {Part[]} parts
 * @param {Between[]} between one fewer
 * @returns {(Part | Between)[]}
 */
export const interleaved = (parts, between) =>
  parts.flatMap((part, i) => (i < between.length ? [part, between[i]] : [part]));

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing filling";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const sentence = make("p", { class: "sentence", translate: "no", "aria-live": "polite" }),
    places = make("div", { class: "places" });
  const whole = make("div", {}, sentence, make("p", { class: "hint" }, say(words.hint)), places);
  whole.hidden = true;
  root.append(waking, whole);
  /** For each place, which of its words stands there. @type {number[]} */
  let chosen = [];

  function draw_sentence() {
    const { parts, places } = props.value;
    const slots = places.map((place, i) =>
      make("b", { class: "slot generated" }, visible(place.words[chosen[i]])),
    );
    sentence.replaceChildren(...interleaved(parts, slots));
  }
  function bars(/** @type {Place} */ { words: likeliest, probabilities }, i) {
    const rows = likeliest.map((word, rank) => {
      const p = probabilities[rank];
      const row = bar_button(visible(word), share_bar(p), percent(p), () => {
        chosen[i] = rank;
        for (const [other, each] of rows.entries())
          each.setAttribute("aria-pressed", String(other === rank));
        draw_sentence();
      });
      row.setAttribute("aria-pressed", String(rank === chosen[i]));
      return row;
    });
    return make("section", {}, make("h3", {}, say(words.place, { number: i + 1 })), ...rows);
  }
  function draw() {
    if (!props.value?.places) return;
    waking.hidden = true;
    whole.hidden = false;
    chosen = props.value.places.map(() => 0);
    draw_sentence();
    places.replaceChildren(...props.value.places.map(bars));
  }
  watch("value", draw);
  draw();
}
