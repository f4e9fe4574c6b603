// An answer to an instruction: the keyword is marked in it; and whether it follows the
// instruction.

/** An answer; spans: where the keyword is in it, from and to; form, keyword: whether it has them.
 * @typedef {object} Answer
 * @property {string} answer
 * @property {[number, number][]} spans
 * @property {boolean} form
 * @property {boolean} keyword
 */

/**
 * Return a text's parts, those that are marked and those between them. A couplet of a poem is a
 * line.
 * @param {Pick<Answer, "answer" | "spans">} answer
 * @returns {{text: string, is_marked: boolean}[]}
 */
export function parts_of({ answer, spans }) {
  const text = answer.trimEnd(),
    parts = [];
  const couplets = (piece) => piece.replace(/[。！？](?!$)/g, "$&\n");
  let at = 0;
  for (const [begin, end] of spans) {
    parts.push({ text: couplets(text.slice(at, begin)), is_marked: false });
    parts.push({ text: text.slice(begin, end), is_marked: true });
    at = end;
  }
  return [...parts, { text: couplets(text.slice(at)), is_marked: false }];
}

/**
 * Return an answer's nodes.
 * @param {Answer} answer
 */
export function marked(answer) {
  const { make } = window.aigc;
  return parts_of(answer).map(({ text, is_marked }) => (is_marked ? make("mark", {}, text) : text));
}

/**
 * Return whether an answer has the form and the keyword, as nodes.
 * @param {Words} words
 * @param {Answer} answer
 */
export function verdicts(words, { form, keyword }) {
  const { make, say } = window.aigc;
  const verdict = (followed, word) => {
    const text = `${followed ? "✓" : "✗"} ${say(words[word])}`;
    return make("span", { class: followed ? "followed" : "missed" }, text);
  };
  return [verdict(form, "form"), verdict(keyword, "keyword")];
}
