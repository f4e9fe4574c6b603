import assert from "node:assert/strict";
import test from "node:test";
import { first_character } from "aigc/ui/emoji_canvas.js";
import { parts_of, with_marked_numbers } from "aigc/ui/live_formula.js";
import { selectors_of, unnested } from "aigc/ui/scrolling.js";

const JOINED = ["👩‍🚀", "🇫🇷", "👍🏽", "3️⃣", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"];

test("the first character is the one that a reader sees", () => {
  for (const emoji of JOINED) assert.equal(first_character(` ${emoji}🐱`), emoji);
  assert.equal(first_character("  "), "");
  assert.equal(first_character(null), "");
});

test("it is the same in a browser that does not part texts into characters", () => {
  const { Segmenter } = Intl;
  delete Intl.Segmenter;
  try {
    for (const emoji of JOINED) assert.equal(first_character(`${emoji}🐱`), emoji);
    assert.equal(first_character(""), "");
  } finally {
    Intl.Segmenter = Segmenter;
  }
});

test("formulas that differ in their numbers alone have one template", () => {
  const first = parts_of("D = 0.25 + 10.50 x_1"),
    second = parts_of("D = 0.75 + 3.25 x_1");
  assert.equal(first.template, second.template);
  assert.deepEqual(first.numbers, ["0.25", "10.50"]);
  assert.notEqual(first.template, parts_of("D = 0.25 - 10.50 x_1").template);
  assert.deepEqual(parts_of("x").numbers, []);
  assert.equal(with_marked_numbers("2.5 x"), "\\htmlClass{live}{2.5} x");
});

test("a nested rule's selector stands alone as CSS nesting means it", () => {
  assert.equal(unnested("p", ""), "p");
  assert.equal(unnested("p", "div, ul"), ":is(div, ul) p");
  assert.equal(unnested("&:hover, > :is(a, b)", "div"), ":is(div):hover,:is(div)  > :is(a, b)");
});

test("what can be scrolled is found at any depth", () => {
  const still = { overflowX: "visible", overflowY: "hidden" },
    scrolls = { overflowX: "visible", overflowY: "auto" };
  const rules = [
    { selectorText: ".a", style: still, cssRules: [{ selectorText: ".b", style: scrolls }] },
    { cssRules: [{ selectorText: ".c", style: scrolls }] }, // @media
    { selectorText: ".d", style: still },
  ];
  assert.deepEqual(selectors_of(rules), [":is(.a) .b", ".c"]);
});
