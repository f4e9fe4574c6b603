// The map of generative models: the families with what each made, the mathematics under them,
// their history, and what is new. All but what was made stands at once: no model need be loaded.

import { differences_row, history_list, maths_row } from "aigc/overview/views/map/chapters.js";
import { families_figure } from "aigc/overview/views/map/families.js";
import { hundred_digits } from "aigc/overview/views/map/hundred.js";

/** @import { Hundred } from "aigc/overview/views/map/hundred.js" */

/**
 * What a family's model made: a text, or pictures; or why it could not be opened.
 * @typedef {object} Made
 * @property {string | Both} [given] from what
 * @property {string} [text]
 * @property {string[]} [pictures]
 * @property {Both} [problem]
 */

/**
 * What Python computed: see view.py's `opening` and `hundred`. By the families' names, those that
 * are done; null where a model is not shipped.
 * @typedef {Record<string, Made | null> & { hundred?: Hundred }} Results
 */

/** @param {Given<Results>} given */
export default function mount({ element, trigger, props, watch }) {
  const { make, say, still } = window.aigc;
  const { words, families, sources, maths, timeline, differences } = props;
  const root = element.querySelector(".drawing");
  root.className = "drawing map";
  const figure = families_figure(words, families, sources),
    hundred = hundred_digits(words, (seed) => trigger("submit", { seed }));
  root.append(
    figure.element,
    maths_row(words, maths),
    make("h2", {}, say(words.history)),
    history_list(words, timeline),
    make("h2", {}, say(words.new)),
    differences_row(words, differences, { automatic: hundred.button }),
    hundred.figure,
  );
  function draw() {
    figure.show(props.value || {}); // "" before the first result
    hundred.show(props.value?.hundred);
    root.classList.toggle("awake", Boolean(props.value) && !still());
  }
  watch("value", draw);
  draw();
}
