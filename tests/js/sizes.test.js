// How large modules and functions may be: 300 lines of 100 columns, and 50 lines that are a function's own,
// without the functions that stand in it: a drawing is a function whose parts share its state.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { parse } from "acorn";
import { ancestor } from "acorn-walk";

const COLUMNS = 100;
const MODULE = 300;
const OWN = 50;
const scripts = readdirSync("aigc_demo", { recursive: true }).filter((path) =>
  path.endsWith(".js"),
);

const is_function = (node) => /Function/.test(node.type);
const lines = ({ loc }) => loc.end.line - loc.start.line + 1;

/** The functions of a script that have too many lines of their own, each as a line to read. */
function too_long(text) {
  const own = new Map();
  const count = (node, _, above) => {
    own.set(node, (own.get(node) ?? 0) + lines(node));
    const within = above.slice(0, -1).findLast(is_function);
    if (within && lines(node) > 1) own.set(within, (own.get(within) ?? 0) - lines(node));
  };
  const tree = parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true });
  ancestor(tree, { Function: count });
  return [...own]
    .filter(([, length]) => length > OWN)
    .map(([node, length]) => `line ${node.loc.start.line}: ${length}`);
}

for (const path of scripts) {
  test(`${path} is of a size to be read`, () => {
    const text = readFileSync(`aigc_demo/${path}`, "utf8");
    const rows = text.split("\n");
    assert.deepEqual(
      rows.filter((row) => row.length > COLUMNS),
      [],
    );
    assert.ok(rows.length <= MODULE + 1, `${rows.length} lines`);
    assert.deepEqual(too_long(text), []);
  });
}
