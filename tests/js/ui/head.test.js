// head.js is one classic script: it runs here in a page that has nothing but what it asks for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const script = new vm.Script(readFileSync("aigc_demo/ui/head.js", "utf8"));

/** Open a page at an address, and return its aigc. */
function opened(query, { languages = [], remembered = null, refuses = false } = {}) {
  const kept = new Map(remembered ? [["aigc-language", remembered]] : []);
  const refuse = () => {
    throw new Error("refused");
  };
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (k, v) => kept.set(k, v) };
  const written = [];
  const page = {
    URL,
    location: { href: `http://localhost/${query}` },
    history: { replaceState: refuses ? refuse : (_state, _title, url) => written.push(url.href) },
    navigator: { languages, language: languages[0] ?? "" },
    document: {
      documentElement: { dataset: {} },
      addEventListener() {},
      getElementById: () => null,
    },
    addEventListener() {},
  };
  Object.defineProperty(page, "localStorage", { get: refuses ? refuse : () => storage });
  page.window = page;
  script.runInNewContext(page);
  return { ...page.aigc, page, kept, written };
}

test("the address decides the language, then the last choice, then the browser", () => {
  const browser = { languages: ["fr-FR", "zh-Hant-TW", "en"] };
  assert.equal(opened("?lang=en", { ...browser, remembered: "zh" }).language, "en");
  assert.equal(opened("?lang=ZH_cn", browser).language, "zh");
  assert.equal(opened("", { ...browser, remembered: "en" }).language, "en");
  assert.equal(opened("", browser).language, "zh"); // the first that it knows
  assert.equal(opened("", { languages: ["fr"] }).language, "en");
  assert.equal(opened("?lang=tlh", { remembered: "zhx" }).language, "en");
});

test("the page, its address and the browser's answers follow the language", () => {
  const { page, kept, written, asked } = opened("?tab=gan", { languages: ["zh-CN"] });
  assert.equal(page.document.documentElement.lang, "zh-CN");
  assert.equal(page.navigator.language, "zh-CN");
  assert.equal(kept.get("aigc-language"), "zh");
  assert.deepEqual([asked("lang"), asked("tab"), asked("view")], ["zh", "gan", null]);
  assert.deepEqual(written, ["http://localhost/?tab=gan&lang=zh"]);
});

test("a browser that keeps nothing still keeps the address", () => {
  const { language, asked, address } = opened("?lang=zh", { refuses: true });
  assert.equal(language, "zh");
  address("seed", 7);
  assert.equal(asked("seed"), "7");
  address("seed", null);
  assert.equal(asked("seed"), null);
});

test("a text is in the page's language, its fields filled as they are", () => {
  const both = { en: "{count} of {total}", zh: "{total} 中的 {count}" };
  assert.equal(opened("?lang=en").say(both, { count: 0, total: "$&" }), "0 of $&");
  assert.equal(opened("?lang=zh").say(both, { count: 2 }), "{total} 中的 2");
  const { say } = opened("");
  assert.deepEqual([say("plain"), say(null), say(undefined)], ["plain", "", ""]);
});

test("blanks can be seen, and numbers have their digits", () => {
  const { visible, number } = opened("");
  assert.equal(visible(" a\n\t"), "␣a↵⇥");
  assert.equal(visible(undefined), undefined);
  assert.equal(number(1234.5, 0), "1,235");
  assert.equal(number(-0.125, 3), "-0.125");
  assert.equal(number(2, 2), "2.00");
});
