import assert from "node:assert/strict";
import test from "node:test";
import { arrow_of, contour, grid_edges, places } from "aigc/ui/plane_canvas.js";

test("points come as thousandths in 16 bits", () => {
  const sent = Buffer.from(new Int16Array([1500, -3000, 0, 1]).buffer).toString("base64");
  assert.deepEqual(places(sent), [
    [1.5, -3],
    [0, 0.001],
  ]);
});

test("the middle of a field that rises along x is a straight line from edge to edge", () => {
  const side = 5;
  const values = Array.from({ length: side * side }, (_, i) => i % side); // x - 0.5 of a cell
  const segments = contour(values, 1.25, side);
  assert.equal(segments.length, side - 1);
  for (const [from, to] of segments) assert.deepEqual([from[0], to[0]], [1.75, 1.75]);
  const ends = segments.flat().map(([, y]) => y);
  assert.deepEqual([Math.min(...ends), Math.max(...ends)], [0.5, side - 0.5]);
});

test("the line around one high cell is a diamond half way to its neighbours", () => {
  const values = [0, 0, 0, 0, 1, 0, 0, 0, 0];
  const corners = new Set(contour(values, 0.5, 3).flat().map(String));
  assert.deepEqual(corners, new Set(["1.5,1", "2,1.5", "1.5,2", "1,1.5"]));
});

test("a field without a crossing has no line", () => {
  assert.deepEqual(contour(new Array(16).fill(3), 5, 4), []);
});

test("an arrow points along its vector, grows with it, and never past 0.8", () => {
  const long = arrow_of([1, 1], [-3e6, 4e6]);
  assert.ok(Math.abs(long.length - 0.8) < 1e-9);
  assert.ok(Math.hypot(long.to[0] - 0.52, long.to[1] - 1.64) < 1e-9);
  const short = arrow_of([0, 0], [0.003, 0]); // tanh x = x near 0
  assert.ok(Math.abs(short.length - (0.8 * 0.003) / 1.5) < 1e-8);
  assert.deepEqual(arrow_of([2, -1], [0, 0]), { to: [2, -1], length: 0 });
});

test("a grid of n by n points has 2n(n - 1) edges, each between neighbours", () => {
  for (const n of [1, 2, 5]) {
    const edges = grid_edges(n * n);
    assert.equal(new Set(edges.map(String)).size, 2 * n * (n - 1));
    for (const [i, j] of edges) {
      const rows = Math.floor(j / n) - Math.floor(i / n),
        columns = (j % n) - (i % n);
      assert.equal(Math.abs(rows) + Math.abs(columns), 1);
    }
  }
});
