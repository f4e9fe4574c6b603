import assert from "node:assert/strict";
import test from "node:test";
import {
  tex_characters,
  tex_coloured,
  tex_number,
  tex_vector,
} from "aigc/maths/views/_shared/tex.js";

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
