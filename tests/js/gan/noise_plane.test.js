import assert from "node:assert/strict";
import test from "node:test";
import {
  at_share,
  mixture,
  nearest_picture,
  share_of,
} from "aigc/gan/views/latents/noise_plane.js";

const plane = { cells: 4, side: 17, seed: 40 };
const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

test("at a crossing the noise is that of its seed alone", () => {
  for (const [column, row] of [
    [0, 0],
    [3, 1],
    [4, 4],
  ])
    assert.deepEqual(mixture([column, row], plane), [{ seed: 40 + 5 * row + column, weight: 1 }]);
});

test("in the middle of a cell its four crossings weigh a half each", () => {
  const parts = mixture([1.5, 2.5], plane);
  assert.deepEqual(parts.map(({ seed }) => seed).sort(), [51, 52, 56, 57]);
  for (const { weight } of parts) close(weight, 0.5);
});

test("the weights' squares sum to 1, so that the noise is as loud as a seed's", () => {
  for (const place of [
    [0.3, 3.7],
    [2.5, 1],
    [3.9, 0.2],
  ]) {
    const parts = mixture(place, plane);
    close(
      parts.reduce((sum, { weight }) => sum + weight ** 2, 0),
      1,
    );
    assert.deepEqual(
      parts,
      [...parts].sort((a, b) => b.weight - a.weight),
    );
  }
});

test("a place on the sheet is found again where it lies", () => {
  for (const at of [0, 0.7, 2, 3.99]) close(at_share(share_of(at, plane), plane), at);
  close(share_of(0, plane), 0.5 / 17);
  close(share_of(2, plane), 0.5);
  close(share_of(4, plane), 16.5 / 17);
});

test("a crossing's nearest picture is its own", () => {
  assert.equal(nearest_picture([0, 0], plane), 0);
  assert.equal(nearest_picture([4, 0], plane), 16);
  assert.equal(nearest_picture([1, 1], plane), 4 * 17 + 4);
  assert.equal(nearest_picture([4, 4], plane), 17 * 17 - 1);
});
