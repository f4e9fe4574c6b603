// Numbers as text.

import assert from "node:assert/strict";
import test from "node:test";
import { scientific } from "aigc/text/views/_shared/figures.js";

test("a small number is told by its power of ten, and stays what it is", () => {
  for (const x of [1.5e-7, -3.25e-5, 9.99e-4]) {
    const [mantissa, power] = scientific(x).replace("−", "-").split(" · 10^");
    assert.ok(Math.abs(Number(mantissa)) >= 1 && Math.abs(Number(mantissa)) < 10);
    assert.ok(Math.abs(Number(mantissa) * 10 ** Number(power) - x) <= 0.005 * 10 ** Number(power));
  }
  assert.equal(scientific(0), "0.0000");
  assert.equal(scientific(-0.25), "−0.2500");
});
