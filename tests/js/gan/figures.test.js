import assert from "node:assert/strict";
import test from "node:test";
import { figure_rows } from "aigc/gan/views/families/figures.js";

const written = (value, digits) => value.toFixed(digits);
const none = { right: null, diversity: null, apart: null };
const family = { ...none, milliseconds: 0.25, certainty: 0.5, grey: 0.125 };
const cells = (families, key) =>
  figure_rows(families, written).find((row) => row.key === key)?.cells;

test("shares are per cent, weights are millions, a bound is a bound", () => {
  const measured = { ...family, right: 0.75, weights: 2_500_000, likelihood: 90.25 };
  assert.deepEqual(cells([measured], "time"), ["0.25 ms"]);
  assert.deepEqual(cells([measured], "read"), ["75 %"]);
  assert.deepEqual(cells([measured], "certainty"), ["50.0 %"]);
  assert.deepEqual(cells([measured], "grey"), ["12.5 %"]);
  assert.deepEqual(cells([measured], "weights"), ["2.50 M"]);
  assert.match(cells([measured], "likelihood")[0], /^≤ 90\.\d nats$/);
});

test("a figure that one family has not is a dash, that none has is no row", () => {
  const other = { ...family, apart: 3 };
  assert.deepEqual(cells([family, other], "apart"), ["–", "3.0"]);
  assert.equal(cells([family, family], "apart"), undefined);
  assert.deepEqual(cells([{ ...family, right: 0 }, family], "read"), ["0 %", "–"]);
});
