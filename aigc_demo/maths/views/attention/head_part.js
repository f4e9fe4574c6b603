// Attention of a real head: its map of weights, the 32 heads to choose from, one row explained.

import { entropy_bits } from "aigc/maths/views/_shared/arithmetic.js";
import { choice, text_field } from "aigc/maths/views/_shared/controls.js";
import { column, figures, foot, head } from "aigc/maths/views/_shared/layout.js";
import { model_part } from "aigc/maths/views/_shared/model_part.js";
import { head_output_formula, weight_pieces } from "aigc/maths/views/attention/formulas.js";
import { unpacked } from "aigc/maths/views/attention/packed.js";
import { attention_weights, multiply } from "aigc/maths/views/attention/scaled_dot_product.js";
import { settings_controls } from "aigc/maths/views/attention/settings.js";
import { paint_weights, weight_map } from "aigc/maths/views/attention/weight_map.js";
import { ranking, sum } from "aigc/ui/arithmetic.js";
import { bar_item, share_bar } from "aigc/ui/bar_list.js";
import { format_number as number } from "aigc/ui/format.js";
import { css_colour } from "aigc/ui/theme.js";

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { Packed } from "aigc/ui/arrays.js" */

/**
 * What Python computed: see attention's view.py, `heads`.
 * @typedef {object} Heads
 * @property {string[]} text the characters that the model read
 * @property {number} d_k
 * @property {Packed} scores Q Kᵀ, neither scaled nor masked (layers, heads, T, T)
 * @property {Packed} values the first components (layers, heads, T, 4)
 * @property {number} layer where to begin, from 1
 * @property {number} head
 * @property {Both} [problem]
 */

const MAX_ANSWERS = 5;
const LAYERS = 4;
const HEADS = 8; // in each layer
const ALL = Array.from({ length: LAYERS * HEADS }, (_, i) => i);

/**
 * Layer and head of the i-th head, from 0.
 * @param {number} i
 * @returns {[layer: number, head: number]}
 */
const place = (i) => [Math.floor(i / HEADS), i % HEADS];

/** @param {number} i */
const named = (i) => ({ layer: place(i)[0] + 1, head: place(i)[1] + 1 });

/**
 * All heads as small maps, of which one is chosen.
 * @param {Stage} stage
 * @param {(i: number) => void} choose
 */
function head_choice({ text }, choose) {
  const canvases = ALL.map((i) =>
    window.aigc.make("canvas", { role: "img", "aria-label": text("head", named(i)) }),
  );
  const { element, set } = choice({
    label: text("heads"),
    options: ALL.map((i) => /** @type {[number, Node]} */ ([i, canvases[i]])),
    value: 0,
    name: "head",
    columns: HEADS,
    act: choose,
  });
  element.classList.add("heads-of");
  let painted = "";
  /**
   * Paint them, where `key`, which stands for all that they depend on, or the theme is another.
   * @param {string} key
   * @param {(i: number) => number[][]} weights_of
   */
  function paint(key, weights_of) {
    const now = key + css_colour("attention");
    if (painted === now) return;
    painted = now;
    canvases.forEach((canvas, i) => {
      paint_weights(canvas, weights_of(i));
    });
  }
  return { element, set, paint };
}

/**
 * Who answers a character, the strongest first.
 * @param {Stage} stage
 */
function answers_list({ text }) {
  const { make } = window.aigc;
  const title = make("h4"),
    list = make("ol", { class: "bar-list" });
  /**
   * @param {string[]} characters
   * @param {number} row
   * @param {number[]} weights
   */
  function show(characters, row, weights) {
    title.textContent = text("asking", { i: row + 1, letter: characters[row] });
    const items = ranking(weights)
      .slice(0, MAX_ANSWERS)
      .filter((j) => weights[j] > 0)
      .map((j) => bar_item(characters[j], share_bar(weights[j]), number(weights[j])));
    list.replaceChildren(...items);
  }
  return { element: column(title, list), show };
}

/**
 * Figures of a row and of the whole map.
 * @param {Stage} stage
 */
function create_figures({ text }) {
  const { element, show } = figures({
    largest: [text("largest"), "attention"],
    entropy: [text("entropy")],
    all_entropy: [text("all_entropy")],
  });
  return {
    element,
    /**
     * @param {number[][]} weights
     * @param {number} row
     */
    show: (weights, row) =>
      show({
        largest: number(Math.max(...weights[row])),
        entropy: number(entropy_bits(weights[row]), 2),
        all_entropy: number(sum(weights.map(entropy_bits)) / weights.length, 2),
      }),
  };
}

/**
 * What a value from Python holds, unpacked.
 * @param {Heads} value
 */
const read = ({ text, d_k, scores, values }) => ({
  d_k,
  characters: text.map(window.aigc.visible),
  scores: unpacked(scores),
  values: unpacked(values),
});

/**
 * @param {Stage<Heads>} stage
 * @param {{ start: string, most: number, submit: (text: string) => void }} typed
 * @returns {Part}
 */
export function head_part(stage, { start, most, submit }) {
  const { text } = stage;
  const settings = { scaled: true, masked: true, temperature: 1 }; // as it was trained
  /** @type {ReturnType<typeof read> | null} */
  let heads = null;
  let chosen = -1,
    row = 0;
  const formula = stage.formula(),
    output_formula = stage.formula(),
    answers = answers_list(stage),
    numbers = create_figures(stage);
  const map = weight_map(stage, (i) => {
    row = i;
    draw();
  });
  const choices = head_choice(stage, (i) => {
    chosen = i;
    draw();
  });
  const typed = text_field({ label: text("text"), value: start, longest: most, act: submit });
  const controls = settings_controls(stage, settings, "head", () => draw());
  const make = window.aigc.make;
  const board = make(
    "div",
    { class: "desk-of" },
    map.element,
    column(
      "",
      typed,
      formula.element,
      foot(...controls),
      make("div", { class: "answers-of" }, choices.element, answers.element),
      head("", numbers.element, output_formula.element),
    ),
  );
  /** @param {Heads} value */
  function receive(value) {
    if (chosen < 0) {
      chosen = (value.layer - 1) * HEADS + value.head - 1;
      choices.set(chosen);
    }
    heads = read(value);
    row = heads.characters.length - 1;
    map.build(heads.characters);
  }
  function conclude(weights) {
    const answer = ranking(weights)[0];
    stage.conclude(
      text("head_said", {
        ...named(chosen),
        i: row + 1,
        letter: heads.characters[row],
        j: answer + 1,
        answer: heads.characters[answer],
        share: number(100 * weights[answer], 0),
      }),
    );
  }
  function show_formulas(scores, weights) {
    const { d_k } = heads,
      j = ranking(weights)[0],
      values = heads.values(...place(chosen));
    formula.show(
      ...weight_pieces({ i: row, j, score: scores[j], weight: weights[j], d_k }, settings),
    );
    output_formula.show(head_output_formula(row, multiply([weights], values)[0]));
  }
  function draw() {
    const { d_k, characters } = heads,
      weights_of = (i) => attention_weights(heads.scores(...place(i)), d_k, settings);
    choices.paint(JSON.stringify([characters, settings]), weights_of);
    const weights = weights_of(chosen);
    map.show(weights, row, settings.masked);
    show_formulas(heads.scores(...place(chosen))[row], weights[row]);
    answers.show(characters, row, weights[row]);
    numbers.show(weights, row);
    conclude(weights[row]);
  }
  return model_part(stage, {
    elements: [board],
    complete: ({ scores }) => Boolean(scores),
    receive,
    draw,
  });
}
