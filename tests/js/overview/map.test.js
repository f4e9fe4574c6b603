import assert from "node:assert/strict";
import test from "node:test";
import {
  curve_path,
  formula_parts,
  input_middle,
  map_lines,
  row_middle,
} from "aigc/overview/views/map/layout.js";

const FAMILIES = {
  text: [["words"], "RNN"],
  llm: [["words"], "GPT"],
  diffusion: [["words", "picture", "noise"], "DDPM"],
  vae: [["picture", "noise"], "VAE"],
  gan: [["noise"], "GAN"],
};
const INPUTS = ["words", "picture", "noise"];

test("rows share the height, and their middle is the middle", () => {
  assert.deepEqual([row_middle(0, 2), row_middle(1, 2)], [25, 75]);
  assert.equal(row_middle(2, 5), 50);
});

test("each family has a line from each input that enters it, and no other", () => {
  const lines = map_lines(FAMILIES, INPUTS);
  for (const [family, [inputs]] of Object.entries(FAMILIES))
    assert.deepEqual(
      lines.filter((line) => line.family === family).map(({ input }) => input),
      inputs,
    );
});

test("lines begin at their input, and around the middle of their row stand apart", () => {
  const lines = map_lines(FAMILIES, INPUTS),
    ends = ({ path }) =>
      path
        .match(/^M0,(\S+) .* 100,(\S+)$/)
        .slice(1)
        .map(Number);
  for (const line of lines)
    assert.equal(ends(line)[0], input_middle(line.input, Object.keys(FAMILIES).length));
  Object.keys(FAMILIES).forEach((family, row) => {
    const into = lines.filter((line) => line.family === family).map((line) => ends(line)[1]),
      mean = into.reduce((all, each) => all + each, 0) / into.length;
    assert.ok(Math.abs(mean - row_middle(row, 5)) < 1e-9);
    assert.equal(new Set(into).size, into.length);
  });
});

test("a curve leaves and arrives level", () => {
  assert.equal(curve_path(10, 90), "M0,10 C55,10 45,90 100,90");
});

test("of a formula what follows an underscore stands low, and nothing is lost", () => {
  assert.deepEqual(formula_parts("√ᾱ x_0"), [
    { kind: "text", text: "√" },
    { kind: "barred", text: "α" },
    { kind: "text", text: " x" },
    { kind: "sub", text: "0" },
  ]);
  assert.deepEqual(formula_parts("KL(q || p)"), [{ kind: "text", text: "KL(q || p)" }]);
});
