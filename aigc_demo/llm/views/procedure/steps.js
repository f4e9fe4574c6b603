// What the five steps of pretraining show: each gives its drawing, and what is said below it.

import { bars_of, context_of, table_of, visible } from "aigc/llm/views/procedure/batch.js";
import { percent } from "aigc/ui/format.js";
import { formula } from "aigc/ui/stepper.js";

const BEFORE = 0.35; // tint of the tokens that the chosen one is predicted from

/** @import { Position, Step } from "aigc/llm/views/procedure/batch.js" */

/** What a step is drawn from.
 * @typedef {object} Scene
 * @property {Step} step
 * @property {Position} chosen the token that is looked at
 * @property {Words} words
 * @property {(
 *   under: (i: number, j: number) => string | number,
 *   tint?: (i: number, j: number) => number,
 * ) => Node} batch
 */
/** @typedef {{parts: Node[], said: string}} Drawn */

/** The names of the steps, in their order. */
export const STEPS = ["cut", "pass", "ask", "measure", "learn"];

/**
 * Return how a token's loss changed, with its sign.
 * @param {number} before
 * @param {number} after
 */
export const change = (before, after) =>
  `${after <= before ? "−" : "+"}${window.aigc.number(Math.abs(after - before), 2)}`;

/**
 * Return the bars of a token's likeliest rivals, and of the target when it is none of them.
 * @param {Step} step
 * @param {Position} at
 * @returns {[text: string, p: number, is_target: boolean][]}
 */
export function guesses_of({ sequences, likeliest, target_rank, right }, { row, place }) {
  const which = target_rank[row][place];
  /** @type {[string, number, boolean][]} */
  const rows = likeliest[row][place].map(([text, p], i) => [visible(text), p, i === which]);
  if (which < 0) rows.push([visible(sequences[row][place]), right[row][place], true]);
  return rows;
}

function context({ step, chosen, words }) {
  return visible(context_of(step, chosen) || window.aigc.say(words.start));
}
/** Deepen the tokens before the chosen one. */
const before =
  ({ row, place }) =>
  (i, j) =>
    i === row && j < place ? BEFORE : 0;

/** 1. The corpus becomes sequences of tokens.
 * @param {Scene} scene
 * @returns {Drawn} */
function cut({ step, words, batch }) {
  const { say, number } = window.aigc;
  const tokens = step.ids.flat().length;
  const said = say(words.cut_said, {
    characters: step.text.length,
    tokens,
    sequences: step.sequences.length,
    vocabulary: number(step.vocabulary, 0),
  });
  const corpus = formula(`U = { u_{1} , … , u_{${tokens}} }     ${say(words.text_becomes)}`);
  return { parts: [corpus, batch((i, j) => step.ids[i][j])], said };
}

/** 2. Through the Transformer: every place's vector grows layer after layer, from those before it.
 * @param {Scene} scene
 * @returns {Drawn} */
function pass(scene) {
  const { make, say, number } = window.aigc;
  const { step, chosen, words, batch } = scene;
  const lengths = step.lengths[chosen.row][chosen.place],
    most = Math.max(...step.lengths.flat(2)),
    layers = lengths.length - 1;
  const said = say(words.pass_said, {
    context: context(scene),
    layers,
    first: number(lengths[0], 1),
    last: number(lengths[layers], 1),
  });
  const name = (layer) => say(layer ? words.layer : words.embedded, { layer });
  /** @type {[string, number, string][]} */
  const rows = lengths.map((length, layer) => [name(layer), length / most, number(length, 1)]);
  const parts = [
    formula("h_{0} = |latent:U W_{e}|     h_{l} = block( h_{l − 1} )     l = 1 … n"),
    batch((i, j) => number(step.lengths[i][j].at(-1), 1), before(chosen)),
    make("h4", {}, say(words.lengths)),
    table_of(rows),
  ];
  return { parts, said };
}

/** 3. The objective: the next token, at every place at once.
 * @param {Scene} scene
 * @returns {Drawn} */
function ask(scene) {
  const { make, say } = window.aigc;
  const { step, chosen, words, batch } = scene;
  const { row, place } = chosen;
  const said = say(words.ask_said, {
    context: context(scene),
    token: visible(step.sequences[row][place]),
    share: percent(step.right[row][place]),
  });
  const parts = [
    formula(
      "|attention:P( u )| = softmax( |latent:h_{n} W_{e}^{T}| )" +
        "     P( u_{i} | u_{1} , … , u_{i − 1} )",
    ),
    batch((i, j) => percent(step.right[i][j]), before(chosen)),
    make("h4", {}, say(words.guesses, { context: context(scene) })),
    bars_of(guesses_of(step, chosen)),
  ];
  return { parts, said };
}

/** 4. Cross-entropy: the loss of each target.
 * @param {Scene} scene
 * @returns {Drawn} */
function measure({ step, chosen, words, batch }) {
  const { say, number } = window.aigc;
  const { row, place } = chosen;
  const most = Math.max(...step.losses.flat()),
    [loss] = step.loss;
  const said = say(words.measure_said, {
    loss: number(loss, 3),
    choices: number(Math.exp(loss), 0),
    vocabulary: number(step.vocabulary, 0),
    blind: number(Math.log(step.vocabulary), 2),
  });
  const own = number(step.losses[row][place], 3),
    tokens = step.ids.flat().length;
  const parts = [
    formula(
      `|loss:ℓ| = − ln ${number(step.right[row][place], 4)} = |loss:${own}|` +
        `     |loss:L| = − 1/${tokens} ∑ ln P( u_{i} | u_{1} … u_{i − 1} )` +
        ` = |loss:${number(loss, 3)}| nats`,
    ),
    batch(
      (i, j) => number(step.losses[i][j], 2),
      (i, j) => step.losses[i][j] / most,
    ),
  ];
  return { parts, said };
}

/** 5. Back-propagation, and the same batch once more.
 * @param {Scene} scene
 * @returns {Drawn} */
function learn({ step, words, batch }) {
  const { make, say, number } = window.aigc;
  const { loss, losses, losses_after, norms, gradient, clip, learning_rate } = step;
  const fell = loss[1] < loss[0],
    most = Math.max(...Object.values(norms));
  const [old, now] = loss.map((each) => number(each, 3));
  const said = say(words[fell ? "learn_fell" : "learn_rose"], { before: old, after: now });
  const named = (part) =>
    part.startsWith("layer") ? say(words.layer, { layer: part.slice(6) }) : say(words[part]);
  /** @type {[string, number, string][]} */
  const rows = Object.entries(norms).map(([part, norm]) => [
    named(part),
    norm / most,
    number(norm, 3),
  ]);
  const both = make(
    "p",
    { class: "big" },
    make("span", {}, old),
    make("b", {}, fell ? "↘" : "↗"),
    make("span", {}, now),
  );
  const column = (title, drawn) => make("div", {}, make("h4", {}, say(words[title])), drawn);
  const parts = [
    formula(
      `ĝ = g · min( 1, 1 / ‖g‖ ) = g · ${number(clip, 3)}     w ← w − η ĝ` +
        `     ‖ g ‖ = ${number(gradient, 2)}     η = ${learning_rate}`,
    ),
    make("div", { class: "two" }, column("gradient", table_of(rows)), column("lossnow", both)),
    make("h4", {}, say(words.each)),
    batch(
      (i, j) => change(losses[i][j], losses_after[i][j]),
      (i, j) => Math.min(1, Math.abs(losses_after[i][j] - losses[i][j])),
    ),
  ];
  return { parts, said };
}

const DRAW = { cut, pass, ask, measure, learn };

/**
 * Return what a step shows.
 * @param {string} name
 * @param {Scene} scene
 * @returns {Drawn}
 */
export const draw_step = (name, scene) => DRAW[name](scene);
