import assert from "node:assert/strict";
import test from "node:test";
import { parse_hex } from "aigc/ui/theme.js";

test("a colour is read as red, green and blue", () => {
  assert.deepEqual(parse_hex("#ff8000"), [255, 128, 0]);
});
