// Attention of three tokens by hand: every matrix of one head, of which four can be changed.

import { entropy_bits } from "aigc/maths/views/_shared/arithmetic.js";
import { choice } from "aigc/maths/views/_shared/controls.js";
import { foot, head, remark } from "aigc/maths/views/_shared/layout.js";
import { tex_coloured as coloured } from "aigc/maths/views/_shared/tex.js";
import {
  attention_formula,
  output_formula,
  row_pieces,
  scaled_name,
} from "aigc/maths/views/attention/formulas.js";
import { create_matrix } from "aigc/maths/views/attention/matrix.js";
import { parse_matrix, parse_number } from "aigc/maths/views/attention/parse.js";
import { attend } from "aigc/maths/views/attention/scaled_dot_product.js";
import { settings_controls } from "aigc/maths/views/attention/settings.js";
import { format_number as number } from "aigc/ui/format.js";

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { MatrixOptions } from "aigc/maths/views/attention/matrix.js" */
/** @import { GivenMatrices, Matrix } from "aigc/maths/views/attention/scaled_dot_product.js" */

const TOKENS = 3;
const GIVEN = ["X", "W_Q", "W_K", "W_V"];

/** The matrices with which it begins, by the number of dimensions: a row a line. */
const FIRST = {
  2: { X: "1 0 / 0 1 / 1 1", W_Q: "2 0 / 0 1", W_K: "1 1 / -1 2", W_V: "1 0 / 0 -1" },
  3: {
    X: "1 0 0 / 0 1 0 / 1 0 1",
    W_Q: "1 0 1 / 0 2 0 / 1 0 0",
    W_K: "0 1 1 / 1 1 0 / 2 0 0",
    W_V: "1 0 0 / 0 1 0 / 0 0 -1",
  },
};

/**
 * @param {number} d
 * @returns {GivenMatrices}
 */
function first_matrices(d) {
  const { X, W_Q, W_K, W_V } = FIRST[d];
  return {
    X: parse_matrix(X),
    W_Q: parse_matrix(W_Q),
    W_K: parse_matrix(W_K),
    W_V: parse_matrix(W_V),
  };
}

/**
 * @typedef {object} Actions
 * @property {(name: string) => MatrixOptions["edit"]} edit called with the name of a given matrix
 * @property {(row: number) => void} pick
 */

/**
 * All matrices for `d` dimensions.
 * @param {Stage} stage
 * @param {number} d
 * @param {Actions} actions
 */
function create_matrices(stage, d, { edit, pick }) {
  const { text } = stage;
  const softmax = coloured("attention", "\\text{softmax}");
  const given = (name, look) =>
    create_matrix(stage, {
      name: coloured(look, name),
      label: name,
      rows: name === "X" ? TOKENS : d,
      columns: d,
      edit: edit(name),
      look,
    });
  const computed = (name, label, columns, look = "") =>
    create_matrix(stage, { name, label, rows: TOKENS, columns, look, pick });
  return {
    X: given("X", "data"),
    W_Q: given("W_Q", "latent"),
    W_K: given("W_K", "latent"),
    W_V: given("W_V", "latent"),
    Q: computed("Q = XW_Q", "Q", d),
    K: computed("K = XW_K", "K", d),
    V: computed("V = XW_V", "V", d),
    scores: computed("QK^{T}", text("scores"), TOKENS),
    scaled: computed("QK^{T}", text("scaled"), TOKENS),
    weights: computed(softmax, text("weights"), TOKENS, "tinted"),
    output: computed(`${softmax}\\cdot V`, text("output"), d),
  };
}

/**
 * The matrices in two rows, signs between them.
 * @param {ReturnType<typeof create_matrices>} matrices
 */
function matrix_rows({ X, W_Q, W_K, W_V, Q, K, V, scores, scaled, weights, output }) {
  const { make } = window.aigc;
  const sign = (text) =>
    make("span", { class: "sign", "aria-hidden": "true", translate: "no" }, text);
  const row = (...items) =>
    make(
      "div",
      { class: "line-of" },
      ...items.map((item) => (typeof item === "string" ? sign(item) : item.element)),
    );
  return [
    row(X, "×", W_Q, W_K, W_V, "→", Q, K, V),
    row(scores, "→", scaled, "→", weights, "→", output),
  ];
}

/**
 * The matrices on the page, built anew for another number of dimensions.
 * @param {Stage} stage
 * @param {Actions} actions
 */
function matrix_board(stage, actions) {
  const element = window.aigc.make("div", { class: "boards" });
  let built = 0,
    matrices = null;
  /**
   * @param {number} d
   * @param {Record<string, Matrix>} values
   * @param {number} row
   * @param {string} scaled the name of the scaled scores
   */
  function show(d, values, row, scaled) {
    if (built !== d) {
      built = d;
      matrices = create_matrices(stage, d, actions);
      element.classList.toggle("of-3", d === 3);
      element.replaceChildren(...matrix_rows(matrices));
    }
    matrices.scaled.rename(scaled);
    for (const [name, value] of Object.entries(values)) {
      const whole = GIVEN.includes(name) || name === "K" || name === "V";
      matrices[name].show(value, whole ? {} : { row });
    }
  }
  return { element, show };
}

/**
 * What a visitor should know, or what is wrong with what was typed.
 * @param {Stage} stage
 */
function create_note({ text }) {
  const element = remark(text("hand_remark"));
  /** @param {string} [problem] */
  function show(problem) {
    element.textContent = problem ?? text("hand_remark");
    element.classList.toggle("wrong", Boolean(problem));
  }
  return { element, show };
}

/**
 * @param {Stage} stage
 * @returns {Part}
 */
export function hand_part(stage) {
  const { text } = stage;
  const settings = { scaled: true, masked: false, temperature: 1 };
  let d = 2,
    given = first_matrices(d),
    row = 1;
  const formula = stage.formula(),
    row_formula = stage.formula(),
    sum_formula = stage.formula(),
    note = create_note(stage);
  const edit = (name) => (i, j, cell) => {
    const value = parse_number(cell.value),
      wrong = Number.isNaN(value);
    cell.ariaInvalid = String(wrong);
    note.show(wrong ? text("no_number", { value: cell.value, name }) : undefined);
    if (wrong) return; // what stood there counts on
    given[name][i][j] = value;
    draw();
  };
  const pick = (i) => {
    row = i;
    rows.set(i);
    draw();
  };
  const board = matrix_board(stage, { edit, pick });
  const rows = choice({
    label: text("row"),
    options: [0, 1, 2].map((i) => /** @type {[number, string]} */ ([i, `${i + 1}`])),
    value: row,
    name: "row",
    act: pick,
  });
  const dimensions = choice({
    label: "d",
    options: [
      [2, "2"],
      [3, "3"],
    ],
    value: d,
    name: "d",
    act: (to) => {
      [d, given] = [to, first_matrices(to)];
      draw();
    },
  });
  const controls = settings_controls(stage, settings, "hand", () => draw());
  function conclude(weights) {
    const most = weights.indexOf(Math.max(...weights));
    stage.conclude(
      text("hand_said", {
        row: row + 1,
        most: most + 1,
        share: number(100 * weights[most], 0),
        entropy: number(entropy_bits(weights), 2),
      }),
    );
  }
  function draw() {
    const now = attend(given, settings),
      weights = now.weights[row];
    board.show(d, { ...given, ...now }, row, scaled_name(d, settings));
    formula.show(attention_formula(settings));
    row_formula.show(...row_pieces(row, now.scaled[row], weights));
    sum_formula.show(output_formula(row, weights, now.V, now.output[row]));
    conclude(weights);
  }
  return {
    elements: [
      head("", formula.element, note.element),
      foot(...controls, rows.element, dimensions.element),
      board.element,
      row_formula.element,
      sum_formula.element,
    ],
    draw,
  };
}
