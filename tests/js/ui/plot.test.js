import assert from "node:assert/strict";
import test from "node:test";
import { bar_extent, bar_places } from "aigc/ui/bar_chart.js";
import {
  area_data,
  curve,
  key_move,
  log_ticks,
  path_data,
  plot_scale,
  snapped,
  spread_labels,
} from "aigc/ui/scale.js";
import { near } from "../near.js";

const LIMITS = { x: [0, 1], y: [-1, 1] };
const SCALE = plot_scale([0, 10], [-1, 1]);

test("a plot's corners are those of its element, y upwards", () => {
  assert.deepEqual([SCALE.across(0), SCALE.across(10)], [0, 100]);
  assert.deepEqual([SCALE.down(1), SCALE.down(-1)], [0, 100]);
});

test("a place that is drawn is read back", () => {
  const [x, y] = SCALE.invert(SCALE.across(2.5) / 100, SCALE.down(0.4) / 100);
  near(x, 2.5);
  near(y, 0.4);
});

test("a path leaves a gap where a value is not finite, and ends far outside", () => {
  const points = curve([0, 1, 2, 3], (x) => [0, Infinity, 0, 1e9][x]);
  assert.equal(path_data(points, SCALE), "M0.00 50.00M20.00 50.00L30.00 -100.00");
});

test("an area is closed along zero; without points there is none", () => {
  assert.equal(
    area_data(
      curve([0, 10], () => 1),
      SCALE,
    ),
    "M0.00 50.00L0.00 0.00L100.00 0.00L100.00 50.00Z",
  );
  assert.equal(area_data([], SCALE), "");
});

test("a handle stands on steps inside its limits", () => {
  assert.deepEqual(snapped([0.123, -5], 0.05, LIMITS), [0.1, -1]);
  assert.deepEqual(snapped([0.3, 0.1 + 0.2], 0.1, LIMITS), [0.3, 0.3]);
});

test("arrow keys move a handle along its axis, Shift ten times as far", () => {
  const press = (key, along, shiftKey = false) =>
    key_move({ key, shiftKey }, [0.5, 0], { along, step: 0.25, limits: LIMITS });
  assert.deepEqual(press("ArrowRight", "x"), [0.75, 0]);
  assert.deepEqual(press("ArrowUp", "x"), [0.75, 0]);
  assert.deepEqual(press("ArrowDown", "y"), [0.5, -0.25]);
  assert.deepEqual(press("ArrowLeft", "both"), [0.25, 0]);
  assert.deepEqual(press("ArrowUp", "both", true), [0.5, 2.5]);
  assert.deepEqual(press("PageDown", "x"), [-2, 0]);
  assert.deepEqual(press("Home", "y"), [0.5, -1]);
  assert.deepEqual(press("End", "x"), [1, 0]);
  assert.equal(press("Tab", "x"), null);
});

test("the bars of a group touch each other and stand in its middle", () => {
  for (const sets of [1, 2, 3]) {
    const { width, middle } = bar_places(sets);
    for (let k = 1; k < sets; k++) near(middle(0, k) - middle(0, k - 1), width);
    near((middle(4, 0) + middle(4, sets - 1)) / 2, 4.5);
  }
});

test("a logarithmic axis turns equal ratios into equal distances, and is read back", () => {
  const { across, down, invert } = plot_scale([1, 100], [1e-5, 1], { x: true, y: true });
  assert.deepEqual([across(1), across(100), down(1)], [0, 100, 0]);
  near(across(10), 50);
  near(across(40) - across(20), across(8) - across(4));
  near(down(1e-3), 60);
  near(invert(0.5, 0.2)[0], 10);
  near(invert(0.5, 0.2)[1], 0.1);
});

test("the ticks of a logarithmic axis are round, and powers of ten alone where that is asked", () => {
  assert.deepEqual(log_ticks([1, 10]), [1, 2, 5, 10]);
  assert.deepEqual(log_ticks([0.15, 3]), [0.2, 0.5, 1, 2]);
  assert.deepEqual(log_ticks([6, 9]), []);
  assert.deepEqual(log_ticks([1, 999], [1]), [1, 10, 100]);
  assert.deepEqual(log_ticks([1, 1000], [1]), [1, 10, 100, 1000]);
  assert.deepEqual(log_ticks([1e-3, 1], [1]), [0.001, 0.01, 0.1, 1]);
});

test("labels that have room stay, others make room, none leaves the plot", () => {
  assert.deepEqual(spread_labels([10, 50, 80], 10), [10, 50, 80]);
  assert.deepEqual(spread_labels([10, 12, 13], 10), [10, 20, 30]);
  assert.deepEqual(spread_labels([90, 94, 94], 10), [75, 85, 95]);
  assert.deepEqual(spread_labels([], 10), []);
});

test("a bar reaches from zero to its value, up or down, and not beyond the plot", () => {
  const extent = (value, y) => bar_extent(value, y, plot_scale([0, 1], y));
  assert.deepEqual(extent(3, [-3, 3]), { top: 0, height: 50, end: 0 });
  assert.deepEqual(extent(-3, [-3, 3]), { top: 50, height: 50, end: 100 });
  assert.deepEqual(extent(0, [-3, 3]), { top: 50, height: 0, end: 50 });
  assert.deepEqual(extent(99, [0, 8]), { top: 0, height: 100, end: 0 });
});
