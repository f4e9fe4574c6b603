// What three models guess of one sentence, frame by frame: which guess is made, and what is known
// by then.

/** A guess of a hidden token.
 * @typedef {object} Guess
 * @property {number} place of the token
 * @property {number} order the how manieth guess it is; several are made at once
 * @property {[text: string, p: number][]} likeliest
 * @property {number} target_rank the index of the target among them; -1: it is none of them
 * @property {number} right the probability of the right one
 */
/** What a model may look at, and what it guesses.
 * @typedef {object} Model
 * @property {string} name
 * @property {number[][]} sees for each token, which tokens its guess may look at
 * @property {Guess[]} guesses in their order
 */
/** What objectives' view.py makes.
 * @typedef {object} Value
 * @property {[text: string, word: number][]} pieces the tokens, each with its word
 * @property {number[]} begins where each token begins; several may share a character
 * @property {number[]} hidden the places of the hidden tokens
 * @property {Model[]} models
 */

/**
 * Return the words of the sentence as the visitor wrote them, by their numbers.
 * @param {Pick<Value, "pieces" | "begins">} value
 * @returns {Map<number, string>}
 */
export function words_of({ pieces, begins }) {
  const texts = new Map();
  for (const [i, [text, word]] of pieces.entries()) {
    const own = begins[i] === begins[i - 1] ? "" : text;
    texts.set(word, (texts.get(word) ?? "") + own);
  }
  return texts;
}

/**
 * Return the sentence with its hidden words in brackets.
 * @param {Map<number, string>} texts
 * @param {Set<number>} hidden
 */
export function marked(texts, hidden) {
  const mark = ([word, text]) => (hidden.has(word) ? text.replace(/\S+/, "[$&]") : text);
  return [...texts].map(mark).join("");
}

/**
 * Return how many frames the guesses take: one before the first, and one for all that are made at
 * once.
 * @param {Model[]} models
 */
export function frames_of(models) {
  const orders = models.flatMap(({ guesses }) => guesses.map(({ order }) => order + 1));
  return 1 + Math.max(0, ...orders);
}

/**
 * Return the guesses that a model has made by a frame.
 * @param {Model} model
 * @param {number} frame
 */
export const made_by = (model, frame) => model.guesses.filter(({ order }) => order < frame);

/**
 * Return the guess that a frame shows, the last one when the model has made all; null before the
 * first.
 * @param {Model} model
 * @param {number} frame
 * @returns {Guess | null}
 */
export function guess_at(model, frame) {
  const count = 1 + Math.max(...model.guesses.map(({ order }) => order));
  const shown = Math.min(frame, count) - 1;
  return made_by(model, frame).find(({ order }) => order === shown) ?? null;
}

/**
 * Return the bars of a guess; the last is the right one when it is none of the likeliest.
 * @param {Guess} guess
 * @param {string} truth
 * @returns {[text: string, p: number, is_target: boolean][]}
 */
export function bars_of({ likeliest, target_rank, right }, truth) {
  /** @type {[string, number, boolean][]} */
  const rows = likeliest.map(([text, p], i) => [text, p, i === target_rank]);
  if (target_rank < 0) rows.push([truth, right, true]);
  return rows;
}
