import assert from "node:assert/strict";
import test from "node:test";
import { points_of, thinned_record } from "aigc/ui/live_line_chart.js";
import { near } from "../near.js";

const near_points = (found, expected) =>
  found.forEach((point, i) => {
    for (const k of [0, 1]) near(point[k], expected[i][k]);
  });

test("a line runs over the whole width, its extremes near the edges", () => {
  near_points(points_of([0, 5, 10], [0, 10]), [
    [0, 0.04],
    [0.5, 0.5],
    [1, 0.96],
  ]);
});

test("a gap has no point, and a level line is drawn low", () => {
  const gap = points_of([1, null, 1], [0, 1]);
  assert.equal(gap.length, 2);
  near_points(gap, [
    [0, 0.96],
    [1, 0.96],
  ]);
  near_points(points_of([2, 2], [2, 2]), [
    [0, 0.04],
    [1, 0.04],
  ]);
});

test("a long training stays whole, at even distances", () => {
  const record = thinned_record(400);
  let kept = [];
  for (let step = 0; step < 10_000; step++) kept = record.add(step);
  assert.ok(kept.length > 200 && kept.length <= 400);
  assert.equal(kept[0], 0);
  const distance = kept[1];
  assert.equal(Math.log2(distance) % 1, 0);
  assert.deepEqual(
    kept,
    kept.map((_, i) => i * distance),
  );
  assert.ok(kept.at(-1) >= 10_000 - distance);
});

test("what is cleared begins anew, at every step", () => {
  const record = thinned_record(3);
  for (const item of "abcdefgh") record.add(item);
  record.clear();
  record.add("i");
  assert.deepEqual(record.add("j"), ["i", "j"]);
});
