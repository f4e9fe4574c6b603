import assert from "node:assert/strict";
import test from "node:test";
import { parse_hex } from "aigc/maths/views/_shared/colours.js";
import {
  format_number,
  tex_characters,
  tex_coloured,
  tex_number,
  tex_vector,
  translatable,
} from "aigc/maths/views/_shared/format.js";

test("a number has its digits and a true minus sign; a zero has none", () => {
  assert.equal(format_number(-1234.5, 2), "−1,234.50");
  assert.equal(format_number(2 / 3), "0.667");
  assert.equal(format_number(-0.0004), "0.000");
  assert.equal(format_number(-0), "0.000");
});

test("what is not finite is a sign, what is no number a dash", () => {
  assert.deepEqual(
    [Infinity, -Infinity, NaN, "∞", undefined].map((each) => format_number(each)),
    ["∞", "−∞", "–", "–", "–"],
  );
});

test("in TeX the minus is a hyphen, a comma no list, a negative factor in brackets", () => {
  assert.equal(tex_number(-1234.5, 1), "-1{,}234.5");
  assert.equal(tex_number(-2, 1, true), "(-2.0)");
  assert.equal(tex_number(2, 1, true), "2.0");
  assert.equal(tex_number(-Infinity), "-\\infty ");
  assert.equal(tex_vector([1, -1], 0), "(1,\\,-1)");
  assert.equal(tex_coloured("data", "x"), "\\htmlClass{tone-data}{x}");
});

test("characters that TeX reads as commands are escaped, blanks are seen", () => {
  assert.equal(tex_characters("a b\n"), "a␣b↵");
  assert.equal(tex_characters("$5_%"), "\\$5\\_\\%");
  assert.equal(tex_characters("\\^~"), "\\backslash \\^{}\\~{}");
});

test("words are translated, formulas are not", () => {
  assert.deepEqual(translatable("mean of q"), {});
  assert.deepEqual(translatable("均值"), {});
  assert.deepEqual(translatable("P ln (P / Q)"), { translate: "no" });
});

test("a colour is read as red, green and blue", () => {
  assert.deepEqual(parse_hex("#ff8000"), [255, 128, 0]);
});
