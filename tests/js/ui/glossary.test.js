import assert from "node:assert/strict";
import test from "node:test";
import {
  by_forms,
  entry_of,
  first_finds,
  found_by,
  may_be_linked,
  place_of,
} from "aigc/ui/glossary_terms.js";

const entropy = {
  key: "entropy",
  only: null,
  never: ["gan"],
  en: ["Entropy", "How uncertain a draw is.", ["entropy", "Entropies"]],
  zh: ["熵", "一次抽样有多不确定。", ["熵"]],
};
const token = {
  key: "token",
  only: ["text", "llm/hub"],
  never: null,
  en: ["Token", "A piece of text.", ["token"]],
  zh: ["词元", "一小段文字。", ["词元"]],
};

test("every form leads to its term, whatever its letters' size", () => {
  const forms = by_forms([entropy, token], "en");
  assert.equal(forms.get("entropies"), entropy);
  assert.equal(forms.get("token"), token);
  assert.equal(by_forms([entropy, token], "zh").get("词元"), token);
});

test("a term is linked where it may be", () => {
  assert.ok(may_be_linked(token, ["text", "text/write"]));
  assert.ok(may_be_linked(token, ["llm", "llm/hub"]));
  assert.ok(!may_be_linked(token, ["llm", "llm/guide"]));
  assert.ok(!may_be_linked(entropy, ["gan", "gan/lab"]));
  assert.ok(may_be_linked(entropy, ["maths", "maths/entropy"]));
});

test("of each term the first that is found is linked, and none twice", () => {
  const finds = [entropy, token, entropy, token].map((term, at) => ({ term, at }));
  const at = (place, linked) => first_finds(finds, place, linked).map((find) => find.at);
  assert.deepEqual(at(["text", "text/write"], []), [0, 1]);
  assert.deepEqual(at(["text", "text/write"], ["entropy"]), [1]);
  assert.deepEqual(at(["gan", "gan/lab"], []), []);
});

test("a query is sought in the names of both languages, and else in the meanings", () => {
  const entries = [entropy, token].map((term) => entry_of(term, "en"));
  assert.deepEqual(found_by(entries, " TOK"), [false, true]);
  assert.deepEqual(found_by(entries, "熵"), [true, false]);
  assert.deepEqual(found_by(entries, "uncertain"), [true, false]); // in no name
  assert.deepEqual(found_by(entries, ""), [true, true]);
  assert.deepEqual(found_by(entries, "nowhere"), [false, false]);
});

test("a view and a guide know their place", () => {
  assert.deepEqual(place_of("gan", "view-gan-pictures"), ["gan", "gan/pictures"]);
  assert.deepEqual(place_of("gan", null), ["gan", "gan/guide"]);
});
