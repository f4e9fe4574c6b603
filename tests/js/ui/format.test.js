import assert from "node:assert/strict";
import test from "node:test";
import { format_number, percent, translatable } from "aigc/ui/format.js";

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

test("words are translated, formulas are not", () => {
  assert.deepEqual(translatable("mean of q"), {});
  assert.deepEqual(translatable("均值"), {});
  assert.deepEqual(translatable("P ln (P / Q)"), { translate: "no" });
});

test("a probability in percent is finer where it is small", () => {
  assert.equal(percent(1), "100.0 %");
  assert.equal(percent(0.254), "25.4 %");
  assert.equal(percent(0.05), "5.0 %");
  assert.equal(percent(0.0005), "0.050 %");
  assert.equal(percent(0), "0.0 %");
  assert.equal(percent(1e-9), "< 0.001 %");
});
