// An answer to an instruction: what was asked for is marked in it, and whether it obeys is told. A
// couplet of a poem is a line.
export function marked({ answer, stands }) {
  const { make } = window.aigc,
    text = answer.trimEnd(),
    parts = [];
  const part = (from, to) => text.slice(from, to).replace(/[。！？](?!$)/g, "$&\n");
  let from = 0;
  for (const [begin, end] of stands) {
    parts.push(part(from, begin), make("mark", {}, text.slice(begin, end)));
    from = end;
  }
  return [...parts, part(from)];
}
export function verdicts(words, { form, keyword }) {
  const { make, say } = window.aigc;
  const verdict = (kept, word) =>
    make("span", { class: kept ? "kept" : "missed" }, `${kept ? "✓" : "✗"} ${say(words[word])}`);
  return [verdict(form, "form"), verdict(keyword, "keyword")];
}
