import assert from "node:assert/strict";
import test from "node:test";
import { axis_scale, BEST, duration, WORST } from "aigc/overview/views/contest/axis.js";

test("the best value of an axis is above, the worst below", () => {
  const values = [1, 10, 100],
    falling = axis_scale(values, { falling: true, logarithmic: true }),
    rising = axis_scale(values, { falling: false, logarithmic: false });
  assert.deepEqual([falling(1), falling(100)], [BEST, WORST]);
  assert.deepEqual([rising(100), rising(1)], [BEST, WORST]);
});

test("the geometric mean is in the middle of a logarithmic axis, the mean of a linear one", () => {
  const middle = (BEST + WORST) / 2;
  const logarithmic = axis_scale([1, 100], { falling: true, logarithmic: true }),
    linear = axis_scale([1, 3], { falling: true, logarithmic: false });
  assert.ok(Math.abs(logarithmic(10) - middle) < 1e-9);
  assert.equal(linear(2), middle);
});

test("a single value stands at the best end", () => {
  assert.equal(axis_scale([7], { falling: true, logarithmic: true })(7), BEST);
});

test("a duration is in milliseconds up to a second, then in seconds", () => {
  assert.equal(duration(3.456), "3.46 ms");
  assert.equal(duration(999), "999 ms");
  assert.equal(duration(1000), "1.00 s");
  assert.equal(duration(2345), "2.35 s");
});
