// A digit's way through the autoencoder. What the controls ask is answered past the queue.

import { latest_request } from "aigc/ui/latest_request.js";
import { draw_tile, sprite } from "aigc/ui/sprite.js";
import { position_of, reparameterized, used_count } from "aigc/vae/views/digit/latent.js";
import { stage } from "aigc/vae/views/digit/stage.js";
import { latent_sum, turned_value } from "aigc/vae/views/digit/sum.js";

/**
 * What view.py's `reconstruct` returns. There is a row for mu and for each draw of z, and a column
 * for each number of z.
 * @typedef {object} Trace
 * @property {string} x the digit as the encoder gets it, a PNG data URI
 * @property {string} sheet what each row is decoded to, likewise
 * @property {number} beta
 * @property {number} seed of the first draw
 * @property {number[]} order of the numbers of z, those first that tell most
 * @property {number[]} readings the digit that the classifier reads in each row
 * @property {number[]} mean
 * @property {number[]} log_variance
 * @property {number[]} kl nats
 * @property {number[][]} epsilon
 * @property {number[][]} z
 * @property {number[]} reconstruction -log p(x|z) of each row, nats
 */
/**
 * What view.py's `look` is asked.
 * @typedef {{ drawing: string, beta: number, seed: number, weights: string }} Question
 */
/**
 * What view.py's `traverse` is asked, of which draw and trace.
 * @typedef {object} Turn
 * @property {string} drawing
 * @property {number} beta
 * @property {number[]} z
 * @property {number} dimension
 * @property {number} draw
 * @property {Trace} of
 */
/**
 * What view.py's `traverse` returns: a picture and -log p(x|z) for each position.
 * @typedef {{ sheet: string, reconstruction: number[] }} Traversal
 */
/**
 * @typedef {HTMLElement & {
 *   weigh(name: string): void,
 *   take(drawing: string | null): void,
 *   look(): object,
 * }} Root
 */

/** @param {Given<Trace>} given */
export default function mount({ element, trigger, props, server, watch }) {
  const { say } = window.aigc;
  const words = props.words;
  /** @type {Root} */
  const root = element.querySelector(".drawing");
  root.className = "drawing passage";
  /** @type {Trace} */
  let value = null;
  let sheet = null, // of `value`
    weights = "", // from the Hub; "": those that are shipped
    drawing = null,
    beta = 1,
    seed = 0,
    draw = 1,
    dimension = 0, // the number of z that is looked at
    by_hand = null; // what it is turned to
  /** @type {{ sheet: HTMLImageElement, reconstruction: number[] }} */
  let traversal = null;

  const parts = stage(words, props.betas, {
    ...{ choose, pick },
    weigh: (to) => {
      beta = to;
      ask();
    },
    resample: () => {
      [seed, draw, by_hand] = [seed + 1, 1, null];
      ask();
    },
    turn: (to) => {
      by_hand = to;
      show();
    },
  });
  root.append(parts.waking, parts.body);

  // --- Asking ---
  const look = latest_request(
    (/** @type {Question} */ asked) => server.look(asked),
    (answer, asked, last) => {
      if (answer) receive(answer);
      else if (last) trigger("select", asked); // in the queue a mistake is explained
    },
  );
  const ask = () => drawing && look({ drawing, beta, seed, weights });
  root.weigh = (name) => {
    [weights, by_hand] = [name, null];
    ask();
  };
  root.take = (drawn) => {
    if (!drawn) return;
    [drawing, by_hand] = [drawn, null];
    ask();
  };
  const traverse = latest_request(
    (/** @type {Turn} */ { of, draw, ...asked }) => server.traverse({ ...asked, weights }),
    (/** @type {Traversal} */ answer, asked) => {
      if (!answer || asked.of !== value) return;
      sprite(answer.sheet, (loaded) => {
        if (asked.of !== value || asked.dimension !== dimension || asked.draw !== draw) return;
        traversal = { ...answer, sheet: loaded };
        parts.traversal.show(loaded);
        show();
      });
    },
  );
  function ask_traversal() {
    const z = value.z[draw];
    traverse({ drawing: value.x, beta: value.beta, z, dimension, draw, of: value });
  }

  function receive(answer = props.value) {
    if (!answer?.mean) return;
    sprite(answer.sheet, (loaded) => {
      const first = !value;
      [value, sheet, traversal] = [answer, loaded, null];
      if (first) {
        [dimension, beta, seed] = [value.order[0], value.beta, value.seed];
        drawing ??= value.x;
        parts.beta.set(beta);
      }
      parts.waking.hidden = true;
      parts.body.hidden = false;
      parts.numbers.arrange(value.order);
      sprite(value.x, (own) => draw_tile(parts.x, own, 0));
      parts.draws.show(sheet, value.seed);
      show();
      ask_traversal();
    });
  }

  // --- Choosing ---
  function pick(index) {
    [draw, by_hand, traversal] = [index, null, null];
    show();
    ask_traversal();
  }
  function choose(index) {
    if (index === dimension) return;
    [dimension, by_hand, traversal] = [index, null, null];
    show();
    ask_traversal();
  }

  // --- Drawing ---
  function show() {
    const z = [...value.z[draw]],
      hand = by_hand !== null && traversal !== null,
      position = position_of(by_hand);
    if (hand) z[dimension] = by_hand;
    if (hand) draw_tile(parts.x_hat, traversal.sheet, position);
    else draw_tile(parts.x_hat, sheet, draw);
    parts.numbers.show({ ...value, epsilon: value.epsilon[draw], z });
    parts.numbers.point(dimension);
    parts.draws.mark(hand ? null : draw);
    parts.traversal.point(dimension, z[dimension]);
    explain(z[dimension], hand);
    parts.loss.show({
      ...value,
      reconstruction: hand ? traversal.reconstruction[position] : value.reconstruction[draw],
    });
    parts.loss.point(dimension);
    const shown = { beta: value.beta, seed: value.seed, draw, dimension };
    Object.assign(root.dataset, { ...shown, hand: hand ? by_hand : "" });
  }
  function explain(z, hand) {
    const sum = hand
      ? turned_value(dimension, z, say(words.turned))
      : latent_sum(dimension, z, reparameterized(value, draw, dimension));
    parts.sum.replaceChildren(...sum);
    const used = used_count(value.kl);
    parts.active.textContent = say(words.active, { used, all: value.kl.length });
    parts.reading.textContent = hand ? "" : say(words.read, { digit: value.readings[draw] });
  }
  // For whoever wants the numbers unrounded.
  root.look = () => ({ value, beta, seed, draw, dimension, by_hand });
  watch("value", () => receive());
  receive();
}
