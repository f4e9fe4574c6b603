// Two real models: what each expects after one text, and how far they are from each other.

import { text_field } from "aigc/maths/views/_shared/controls.js";
import { column, columns, head, legend, remark } from "aigc/maths/views/_shared/layout.js";
import { model_part } from "aigc/maths/views/_shared/model_part.js";
import { tex_coloured as coloured, tex_number as tex } from "aigc/maths/views/_shared/tex.js";
import { both_figures, P, Q } from "aigc/maths/views/divergence/common.js";
import { ranking } from "aigc/ui/arithmetic.js";
import { bar_item, share_bar } from "aigc/ui/bar_list.js";
import { format_number as number } from "aigc/ui/format.js";

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */

/**
 * What Python computed: see divergence's view.py, `readers`. P is the Transformer, Q the RNN.
 * @typedef {object} Expectations
 * @property {string} text that both read
 * @property {string[]} alphabet the characters that they know
 * @property {number[]} log_p of each character as the next one
 * @property {number[]} log_q
 * @property {number} forward D(P‖Q), nats
 * @property {number} reverse D(Q‖P), nats
 * @property {Both} [problem]
 */

const MAX_EXPECTED = 8;
const MAX_LARGEST = 6;

/** @param {number} forward */
function formula_pieces(forward) {
  const models = `\\text{${P}: Transformer}\\,\\|\\,\\text{${Q}: RNN}`;
  return [
    `D_{\\mathrm{KL}}(${models}) = \\sum_{x} ${P}(x)\\log\\frac{${P}(x)}{${Q}(x)}` +
      ` = ${coloured("loss", tex(forward))}\\text{ nats}`,
    `= ${coloured("loss", tex(forward / Math.LN2))}\\text{ bits}`,
  ];
}

/** @param {number} p */
const probability = (p) => (p < 0.0005 ? "<0.001" : number(p));

/**
 * The characters that either model expects most.
 * @param {Expectations} value
 */
function expected_items({ alphabet, log_p, log_q }) {
  const { make, visible } = window.aigc;
  const [p, q] = [log_p, log_q].map((each) => each.map(Math.exp));
  return ranking(p.map((each, i) => Math.max(each, q[i])))
    .slice(0, MAX_EXPECTED)
    .map((i) =>
      bar_item(
        visible(alphabet[i]),
        make("span", {}, share_bar(p[i], "data"), share_bar(q[i], "generated")),
        `${probability(p[i])} · ${probability(q[i])}`,
      ),
    );
}

/**
 * The characters that add or take most: P ln(P / Q).
 * @param {Expectations} value
 */
function largest_items({ alphabet, log_p, log_q }) {
  const terms = log_p.map((each, i) => Math.exp(each) * (each - log_q[i])),
    sizes = terms.map(Math.abs),
    largest = Math.max(...sizes, 1e-9);
  return ranking(sizes)
    .slice(0, MAX_LARGEST)
    .map((i) =>
      bar_item(
        window.aigc.visible(alphabet[i]),
        share_bar(sizes[i] / largest, `loss${terms[i] < 0 ? " pale" : ""}`),
        number(terms[i]),
      ),
    );
}

/**
 * @param {Stage<Expectations>} stage
 * @param {{ start: string, longest: number, submit: (text: string) => void }} typed
 * @returns {Part}
 */
export function models_part(stage, { start, longest, submit }) {
  const { text } = stage;
  const { make } = window.aigc;
  /** @type {Expectations | null} */
  let value = null;
  const formula = stage.formula(),
    expected = make("ol", { class: "bar-list pairs" }),
    largest = make("ol", { class: "bar-list" }),
    numbers = both_figures(stage),
    typed = text_field({ label: text("text"), value: start, longest, act: submit });
  const keys = legend([
    ["data filled", text("transformer")],
    ["generated filled", text("rnn")],
  ]);
  const lists = columns(
    column(head(text("expected"), keys), expected),
    column(text("largest"), largest, remark(text("models_remark"))),
  );
  function draw() {
    const { forward, reverse } = value;
    formula.show(...formula_pieces(forward));
    expected.replaceChildren(...expected_items(value));
    largest.replaceChildren(...largest_items(value));
    numbers.show(forward, reverse);
    stage.conclude(
      text("models_said", {
        forward: number(forward),
        reverse: number(reverse),
        bits: number(forward / Math.LN2),
      }),
    );
  }
  return model_part(stage, {
    elements: [typed, head("", formula.element, numbers.element), lists],
    complete: ({ log_p }) => Boolean(log_p),
    receive: (came) => {
      value = came;
    },
    draw,
  });
}
