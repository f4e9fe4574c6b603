// What Python sends of two networks in training, and what the view makes of it.

/** @typedef {"unmasked" | "masked"} Name */

/**
 * What `frame` of view.py gives. Losses are in nats per character.
 * @typedef {object} Value
 * @property {number} done steps
 * @property {number} steps
 * @property {number} context characters of a window
 * @property {string} prompt
 * @property {string[]} shown the characters whose attention is drawn
 * @property {number} unigram the loss of a unigram model
 * @property {Series} curve the training loss
 * @property {Series} held_out the loss on held-out text, as in generation
 * @property {Record<Name, string>} written
 * @property {Record<Name, HeadFocus>} focus
 * @property {Both} [problem]
 *
 * @typedef {{ steps: number[] } & Record<Name, number[]>} Series
 *
 * The head that looks most surely at one place, `offset` to the right, with `share` of its weight;
 * weights: uint8 in base64, 255 for 1.
 * @typedef {Record<"layer" | "head" | "offset" | "share", number> & { weights: string }} HeadFocus
 */

/** @type {Name[]} */
export const NAMES = ["unmasked", "masked"];

/**
 * The key of the sentence on where a head looks.
 * @param {Pick<HeadFocus, "offset" | "share">} focus
 */
export function direction({ offset, share }) {
  if (offset === 1 && share > 0.5) return "copied";
  if (offset === 0) return "itself";
  return offset > 0 ? "right" : "left";
}

/**
 * A network's losses for the chart: at each noted step the training loss and the guess. Those that
 * follow an evaluation carry its loss; at the end both numbers stand side by side.
 * @param {Value} value
 * @param {Name} name
 * @returns {{ training: number, held_out: number | null, unigram: number }[]}
 */
export function losses({ curve, held_out, unigram }, name) {
  const { steps } = curve;
  return steps.map((step, i) => {
    const last = held_out.steps.filter((each) => each <= step).length - 1;
    const fresh =
      last >= 0 && (i === 0 || held_out.steps[last] > steps[i - 1] || i === steps.length - 1);
    return { training: curve[name][i], held_out: fresh ? held_out[name][last] : null, unigram };
  });
}
