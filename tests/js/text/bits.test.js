// How surprising a character is, and which one stands above another.

import assert from "node:assert/strict";
import test from "node:test";
import {
  nearest_in_line,
  running_mean,
  shade_of,
  share_of,
  tint_ranges,
} from "aigc/text/views/_shared/bits.js";

test("six shades deepen with the bits, and each range names its own", () => {
  assert.deepEqual([0, 0.99, 1, 3.9, 4, 6, 8, 40].map(shade_of), [0, 0, 1, 2, 3, 4, 5, 5]);
  const ranges = tint_ranges();
  assert.equal(ranges.length, shade_of(Infinity) + 1);
  ranges.slice(1, -1).forEach((range, i) => {
    const [low, high] = range.split("–").map(Number);
    assert.equal(shade_of(low), i + 1);
    assert.equal(shade_of((low + high) / 2), i + 1);
    assert.equal(shade_of(high), i + 2);
  });
});

test("a likely character's share is in percent, an unlikely one's one in so many", () => {
  assert.equal(share_of(0.5), "50.0 %");
  assert.equal(share_of(0.01), "1.0 %");
  assert.equal(share_of(1 / 250), "1/250");
  assert.equal(share_of(2 ** -20), "1/1,000,000");
  assert.equal(share_of(0), "0 %");
});

test("the running mean of a constant is the constant, and of the last one the bits themselves", () => {
  assert.deepEqual(running_mean([2, 2, 2, 2, 2], 3), [2, 2, 2, 2, 2]);
  assert.deepEqual(running_mean([5, 1, 4], 1), [5, 1, 4]);
  assert.deepEqual(running_mean([1, 2, 3, 4], 2), [1, 1.5, 2.5, 3.5]);
  assert.deepEqual(running_mean([3, 5, 7], 99), [3, 4, 5]);
});

test("up and down lead to the nearest character of the next line, and nowhere past the last", () => {
  // two lines of three characters, 10 pixels wide, and one of two
  const places = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({
    left: 10 * (i % 3),
    top: 20 * Math.floor(i / 3),
  }));
  const place = (i) => places[i];
  assert.equal(nearest_in_line(place, 1, 1), 4);
  assert.equal(nearest_in_line(place, 4, -1), 1);
  assert.equal(nearest_in_line(place, 5, 1), 7); // the shorter line's last
  assert.equal(nearest_in_line(place, 7, 1), 7);
  assert.equal(nearest_in_line(place, 0, -1), 0);
});
