// A real model: what it expects after a text, and what each character of the text cost.

import { entropy_bits } from "aigc/maths/views/_shared/arithmetic.js";
import { text_field } from "aigc/maths/views/_shared/controls.js";
import { column, columns, figures, heading, remark } from "aigc/maths/views/_shared/layout.js";
import { model_part } from "aigc/maths/views/_shared/model_part.js";
import {
  tex_coloured as coloured,
  tex_number as tex,
  tex_characters,
} from "aigc/maths/views/_shared/tex.js";
import { units } from "aigc/maths/views/entropy/cross_entropy.js";
import { ranking, sum } from "aigc/ui/arithmetic.js";
import { bar_button, share_bar } from "aigc/ui/bar_list.js";
import { format_number as number } from "aigc/ui/format.js";

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */

/**
 * What Python computed: see entropy's view.py, `following`.
 * @typedef {object} Prediction
 * @property {string} text that the model read
 * @property {string[]} alphabet the characters that it knows
 * @property {number[]} log_p of each as the next one
 * @property {number[]} losses of each character of the text, in nats
 * @property {number} perplexity of the text
 * @property {Both} [problem]
 */

const MAX_SHOWN = 8;
const MAX_BEFORE = 8; // characters of the text in the formula

/**
 * @param {Prediction} value
 * @param {number} next the character that comes
 */
function formula_pieces({ text, alphabet, log_p }, next) {
  const loss = -log_p[next],
    character = coloured("data", `\\texttt{${tex_characters(alphabet[next])}}`),
    before = `\\text{…}\\texttt{${tex_characters(text.slice(-MAX_BEFORE))}}`,
    p = coloured("attention", tex(Math.exp(-loss), 4));
  return [
    `L = -\\log p\\bigl(\\,${character}\\bigm|${before}\\,\\bigr) = -\\log ${p}` +
      ` = ${coloured("loss", tex(loss))}\\text{ nats}`,
    `= ${coloured("loss", tex(loss / Math.LN2))}\\text{ bits}`,
    `\\qquad\\mathrm{e}^{${coloured("loss", "L")}} = ${tex(Math.exp(loss), 2)}`,
  ];
}

/** The characters of the text, each over a bar as long as its loss. */
function loss_strip() {
  const { make, visible } = window.aigc;
  const element = make("div", { class: "strip", translate: "no", role: "img" });
  /** @param {Prediction} value */
  function show({ text, losses }) {
    const largest = Math.max(...losses, 1),
      characters = Array.from(text, visible);
    const titles = characters.map((each, i) => `${each}  ${number(losses[i], 2)}`);
    element.replaceChildren(
      ...characters.map((character, i) =>
        make(
          "span",
          { style: `--share: ${losses[i] / largest}`, title: titles[i] },
          make("i"),
          make("b", {}, character),
        ),
      ),
    );
    const read = characters.map((each, i) => `${each} ${number(losses[i], 2)}`);
    element.setAttribute("aria-label", read.join(", "));
  }
  return { element, show };
}

/**
 * The likeliest characters, of which one is chosen.
 * @param {(i: number) => void} choose
 */
function expected_list(choose) {
  const { make, visible } = window.aigc;
  const element = make("ol", { class: "bar-list" });
  function item({ alphabet, log_p }, i, chosen) {
    const p = Math.exp(log_p[i]),
      written = p < 0.0005 ? "< 0.001" : number(p);
    const button = bar_button(visible(alphabet[i]), share_bar(p), written, () => {
      choose(i);
      /** @type {HTMLElement} */ (element.querySelector("[aria-pressed=true]")).focus();
    });
    button.setAttribute("aria-pressed", String(i === chosen));
    return make("li", {}, button);
  }
  /**
   * @param {Prediction} value
   * @param {number} chosen
   */
  function show(value, chosen) {
    const best = ranking(value.log_p).slice(0, MAX_SHOWN);
    if (!best.includes(chosen)) best[MAX_SHOWN - 1] = chosen;
    element.replaceChildren(...best.map((i) => item(value, i, chosen)));
  }
  return { element, show };
}

/**
 * Figures of the chosen character, and of the whole text.
 * @param {Stage} stage
 */
function create_figures({ text }) {
  const one = figures({
    loss: [text("cross"), "loss"],
    bits: [text("in_bits")],
    perplexity: [text("perplexity")],
  });
  const whole = figures({
    mean: [text("mean"), "loss"],
    mean_bits: [text("mean_bits")],
    mean_perplexity: [text("perplexity")],
  });
  /**
   * @param {number} loss
   * @param {number} mean
   */
  function show(loss, mean) {
    const [now, all] = [units(loss), units(mean)];
    one.show({
      loss: number(loss),
      bits: number(now.bits),
      perplexity: number(now.perplexity, 2),
    });
    whole.show({
      mean: number(mean),
      mean_bits: number(all.bits),
      mean_perplexity: number(all.perplexity, 2),
    });
  }
  return { one, whole, show };
}

/**
 * @param {Stage<Prediction>} stage
 * @param {{ start: string, longest: number, submit: (text: string) => void }} typed
 * @returns {Part}
 */
export function expectation_part(stage, { start, longest, submit }) {
  const { text } = stage;
  const { visible } = window.aigc;
  /** @type {Prediction | null} */
  let value = null;
  let next = 0;
  const formula = stage.formula(),
    strip = loss_strip(),
    numbers = create_figures(stage);
  const list = expected_list((i) => {
    next = i;
    draw();
  });
  const typed = text_field({ label: text("text"), value: start, longest, act: submit });
  const result = columns(
    column(text("expected"), list.element),
    column(
      text("this_one"),
      numbers.one.element,
      heading(text("each")),
      strip.element,
      numbers.whole.element,
      remark(text("real_remark")),
    ),
  );
  function draw() {
    const loss = -value.log_p[next];
    formula.show(...formula_pieces(value, next));
    list.show(value, next);
    strip.show(value);
    numbers.show(loss, sum(value.losses) / value.losses.length);
    stage.conclude(
      text("real_said", {
        letter: visible(value.alphabet[next]),
        p: number(Math.exp(-loss)),
        loss: number(loss),
        bits: number(loss / Math.LN2),
        entropy: number(entropy_bits(value.log_p.map(Math.exp)), 2),
      }),
    );
  }
  return model_part(stage, {
    elements: [typed, formula.element, result],
    complete: ({ log_p }) => Boolean(log_p),
    receive: (came) => {
      value = came;
      next = ranking(value.log_p)[0];
    },
    draw,
  });
}
