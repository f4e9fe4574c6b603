// The comparison: a row a generator, its eight pictures and its figures; under them the three axes.

import { COLOURS, entrant_row } from "aigc/overview/views/contest/entrant.js";
import { trilemma } from "aigc/overview/views/contest/trilemma.js";

/**
 * What a generator painted, and what was measured of it.
 * @typedef {object} Entry
 * @property {string | null} sheet its pictures, side by side
 * @property {string | null} nearest the training picture nearest to each, where there are any
 * @property {number | null} apart how far these are, on average
 * @property {number[]} reads the digit that the classifier reads in each
 * @property {number | null} right share read as asked; null where they were chosen so
 * @property {number} drawn how many were painted to find these
 * @property {number} steps of the sampler
 * @property {number} milliseconds a picture
 * @property {number | null} diversity
 * @property {number | null} fid as measured
 * @property {number | null} weights how many it has
 */

/**
 * What Python computed: see view.py's `contest`.
 * @typedef {object} Comparison
 * @property {number} digit
 * @property {number} seed
 * @property {number} count of pictures a generator
 * @property {"shown" | "unset" | "missing"} nearest whether nearest training pictures are shown
 * @property {number | null} real the measured distance of real digits
 * @property {boolean} finished
 * @property {Record<string, Entry>} entries those that are there, by the generators' names
 * @property {Both} [problem]
 */

/** @param {Given<Comparison>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = "drawing contest";
  const waiting = make("p", { class: "waking" }, say(words.waking)),
    body = make("div"),
    hint = make("p", { class: "hint" }),
    axes = trilemma(words, COLOURS);
  const below = make(
    "section",
    { class: "below" },
    make("h3", {}, say(words.trilemma)),
    axes.element,
    make("p", { class: "said" }, say(words.trilemma_said)),
  );
  below.hidden = true;
  root.append(waiting, body, hint, below);

  /** @type {Record<string, { key: string, element: HTMLElement }>} */
  const rows = {}; // what is drawn, and of what: what did not change stays
  function draw() {
    const value = props.value;
    if (!value?.entries) return;
    waiting.hidden = true;
    for (const name of Object.keys(COLOURS)) {
      const entry = value.entries[name],
        key = JSON.stringify([value.digit, entry]);
      if (rows[name]?.key !== key)
        rows[name] = { key, element: entrant_row(words, name, entry, value) };
    }
    body.replaceChildren(...Object.values(rows).map((row) => row.element));
    Object.assign(root.dataset, {
      seed: value.seed,
      digit: value.digit,
      finished: value.finished,
    });
    hint.textContent = `${say(words.reading)} ${say(words[value.nearest])}`;
    below.hidden = !value.finished;
    if (value.finished) axes.show(value);
  }
  watch("value", draw);
  draw();
}
