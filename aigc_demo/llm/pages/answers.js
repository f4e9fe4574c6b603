// An answer to an instruction: what was asked for is marked in it, and whether it obeys is told.
function marked({ answer, stands }) {
  const { make } = window.aigc, text = answer.trimEnd(), parts = [];
  let from = 0;
  for (const [begin, end] of stands) {
    parts.push(text.slice(from, begin), make("mark", {}, text.slice(begin, end)));
    from = end;
  }
  return [...parts, text.slice(from)];
}
function verdicts(words, { form, keyword }) {
  const { make, say } = window.aigc;
  const verdict = (kept, word) => make("span", { class: kept ? "kept" : "missed" }, `${kept ? "✓" : "✗"} ${say(words[word])}`);
  return [verdict(form, "form"), verdict(keyword, "keyword")];
}
