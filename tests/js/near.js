// A comparison of numbers that were rounded on different ways.

import assert from "node:assert/strict";

/**
 * @param {number} value
 * @param {number} expected
 * @param {number} [within]
 */
export function near(value, expected, within = 1e-6) {
  assert.ok(Math.abs(value - expected) <= within, `${value} is not ${expected} ± ${within}`);
}
