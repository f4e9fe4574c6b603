import assert from "node:assert/strict";
import test from "node:test";
import { opacity, shows_batch } from "aigc/gan/views/lab/plane.js";
import { with_preset } from "aigc/gan/views/lab/rules.js";
import { step_texts } from "aigc/gan/views/lab/steps.js";
import { same_rules } from "aigc/ui/live_lab.js";

const LAYERS = ["data", "generated", "surface", "net", "pulls"];
const standing_out = (step) => LAYERS.filter((layer) => opacity(layer, step) === 1);

test("in slow motion each step shows what it works on", () => {
  assert.deepEqual(standing_out(0), LAYERS);
  assert.deepEqual(standing_out(2), ["data"]); // real points are drawn
  assert.deepEqual(standing_out(3), ["generated"]); // noise through G
  assert.deepEqual(standing_out(4), ["data", "generated", "surface"]); // D judges both
  assert.deepEqual(standing_out(6), ["generated", "surface", "net", "pulls"]); // G learns
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7].filter(shows_batch), [2, 3, 4, 5]);
});

test("a preset changes what it names, and nothing else", () => {
  const start = { shape: "ring", rate_g: 0.005, rate_d: 0.005, seed: 8 };
  const broken = with_preset(start, { rate_g: 0.05 }, 3);
  assert.deepEqual(broken, { shape: "ring", rate_g: 0.05, rate_d: 0.005, seed: 3 });
  assert.ok(same_rules(with_preset(start, {}, 8), start));
  assert.ok(!same_rules(broken, start));
});

test("the steps hold the batch's first points and each loss before and after", () => {
  const frame = {
    weights: { G: 1250, D: 1217 },
    first: { x: [1, -2], z: [0.5, 0], y: [3, 4] },
    verdicts: [0.75, null],
    loss: { D: [1.5, 1.25], G: [0.7, 0.6] },
    rules: { loss: "saturating" },
    rounds: 12,
  };
  const texts = step_texts(frame);
  assert.equal(texts.length, 7);
  assert.equal(texts[1], "x = (1.00, −2.00)");
  assert.equal(texts[2], "z = (0.50, 0.00) → (3.00, 4.00)");
  assert.equal(texts[3], "D(x) 0.75 · D(G(z)) –");
  assert.equal(texts[4], "1.500 → 1.250");
  const critic = step_texts({ ...frame, rules: { loss: "wasserstein" } });
  assert.match(critic[3], /^f\(x\)/);
});
