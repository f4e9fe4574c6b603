import assert from "node:assert/strict";
import test from "node:test";
import { normal, sigmoid } from "aigc/maths/views/_shared/arithmetic.js";
import {
  dirac_value,
  spectral_radius,
  trajectory,
  update,
} from "aigc/maths/views/minimax/dirac.js";
import { GRID, game } from "aigc/maths/views/minimax/game.js";
import {
  opacity_from_above,
  opacity_in_space,
  project_to,
  surface_quads,
} from "aigc/maths/views/minimax/projection.js";
import { near } from "../near.js";

const LN4 = Math.log(4);
const DATA = { mean: -0.8, width: 1 };
const GENERATED = { mean: 1.4, width: 0.7 };

test("the best discriminator is worth 2 JS - ln 4, and no other is worth more", () => {
  for (const sharpness of [0, 0.5, 1, 2]) {
    const { value, best_value, js } = game(DATA, GENERATED, sharpness);
    near(best_value, 2 * js - LN4);
    assert.ok(value <= best_value + 1e-12);
  }
  const own = game(DATA, GENERATED, 1);
  near(own.value, own.best_value);
  near(game(DATA, GENERATED, 0).value, -LN4); // it says 1/2 everywhere
});

test("equals are worth -ln 4, those that never meet nothing", () => {
  const same = game(DATA, DATA, 1);
  near(same.js, 0);
  near(same.best_value, -LN4);
  const far = game({ mean: -6, width: 0.3 }, { mean: 6, width: 0.3 }, 1);
  near(far.js, Math.LN2);
  near(far.best_value, 0);
});

test("the best logit is that of p_data / (p_data + p_g)", () => {
  const { logits } = game(DATA, GENERATED, 1),
    at = GRID.findIndex((x) => x >= 0.5);
  const [p, q] = [DATA, GENERATED].map(({ mean, width }) => normal(GRID[at], mean, width));
  near(sigmoid(logits[at]), p / (p + q));
});

/** The spectral radius of a round at (0, 0), from differences. */
function measured_radius(updates) {
  const step = 1e-6;
  const [[a, c], [b, d]] = [
    [step, 0],
    [0, step],
  ].map((place) => update(place, updates).map((each) => each / step));
  const [trace, determinant] = [a + d, a * d - b * c],
    inside = trace ** 2 / 4 - determinant;
  return inside < 0 ? Math.sqrt(determinant) : Math.abs(trace) / 2 + Math.sqrt(inside);
}

test("the spectral radius is that of the round's own derivative", () => {
  for (const rule of ["simultaneous", "alternating", "R1"])
    for (const rate of [0.1, 0.6, 1])
      for (const penalty of [0.3, 1.7]) {
        const updates = { rule, rate, penalty };
        near(spectral_radius(updates), measured_radius(updates), 1e-5);
      }
});

test("at once the circles grow, in turn they stay, with R1 they shrink", () => {
  const start = [0.1, 0],
    rules = { rate: 0.2, penalty: 0.3 };
  const distance = (rule) => {
    const path = trajectory(start, { rule, ...rules }, 400);
    assert.equal(path.length, 401);
    return Math.hypot(...path[400]);
  };
  assert.ok(distance("simultaneous") > 0.3);
  near(distance("alternating"), 0.1, 0.02);
  assert.ok(distance("R1") < 1e-4);
  near(spectral_radius({ rule: "simultaneous", ...rules }), Math.sqrt(1 + 0.2 ** 2 / 4));
  near(spectral_radius({ rule: "alternating", ...rules }), 1);
});

test("the goal is a fixed point, worth -ln 4, between higher and lower ones", () => {
  for (const rule of ["simultaneous", "alternating", "R1"])
    assert.deepEqual(
      update([0, 0], { rule, rate: 0.5, penalty: 0.5 }).map((each) => each + 0),
      [0, 0],
    );
  near(dirac_value(0, 0), -LN4);
  assert.ok(dirac_value(1, -1) > -LN4);
  assert.ok(dirac_value(1, 1) < -LN4);
});

test("a full turn shows the same, half a turn the other side", () => {
  const [once, half, whole] = [30, 210, 390].map((degrees) => project_to(400, 300, degrees)(1, 2));
  for (const key of ["x", "y", "depth"]) near(whole[key], once[key]);
  near(half.depth, -once.depth);
  near(half.x - 200, 200 - once.x);
});

test("the surface is as many quads as fit, from the back to the front", () => {
  const quads = surface_quads(project_to(400, 300, 35), 2.5, 6);
  assert.equal(quads.length, 36);
  const depths = quads.map(({ corners }) => corners.reduce((all, { depth }) => all + depth, 0));
  assert.ok(depths.every((each, i) => i === 0 || each >= depths[i - 1]));
});

test("what is higher is stronger", () => {
  const values = [-7, -4, -2, -LN4, -Math.LN2];
  for (const of of [opacity_in_space, opacity_from_above]) {
    const shown = values.map(of);
    assert.ok(shown.every((each, i) => each > (i ? shown[i - 1] : 0)));
  }
  assert.ok(Math.abs(opacity_in_space(-Math.LN2) - 0.87) < 1e-9);
});
