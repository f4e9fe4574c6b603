// Where the map's inputs, rows and lines stand, in per cent of its height, and the parts of a
// formula.

/** @typedef {"words" | "picture" | "noise"} Input */
/** @typedef {Record<string, [inputs: Input[], members: string]>} Families what enters each */
/** @typedef {{ input: Input, family: string, path: string }} Line from an input into a family */

/** Beside which row each input stands: in the middle of those that it enters. */
const INPUT_ROWS = { words: 0.5, picture: 2.5, noise: 3.7 };
const APART = 5; // between lines into one row

/**
 * The middle of a row, from 0, of so many.
 * @param {number} row
 * @param {number} rows
 */
export const row_middle = (row, rows) => (100 * (row + 0.5)) / rows;

/**
 * Where an input stands.
 * @param {Input} input
 * @param {number} rows
 */
export const input_middle = (input, rows) => row_middle(INPUT_ROWS[input], rows);

/**
 * A curve from the left edge to the right, level at both.
 * @param {number} from
 * @param {number} to
 */
export const curve_path = (from, to) => `M0,${from} C55,${from} 45,${to} 100,${to}`;

/**
 * A line from each input into each family that it enters.
 * @param {Families} families
 * @param {Input[]} inputs
 * @returns {Line[]}
 */
export function map_lines(families, inputs) {
  const rows = Object.entries(families);
  return inputs.flatMap((input) =>
    rows.flatMap(([family, [entering]], row) => {
      const place = entering.indexOf(input);
      if (place < 0) return [];
      const aside = APART * (place - (entering.length - 1) / 2),
        from = input_middle(input, rows.length),
        to = row_middle(row, rows.length) + aside;
      return [{ input, family, path: curve_path(from, to) }];
    }),
  );
}

/**
 * The parts of a formula: what follows an underscore stands low, a barred alpha is one sign.
 * @param {string} formula
 * @returns {{ kind: "text" | "sub" | "barred", text: string }[]}
 */
export function formula_parts(formula) {
  return formula
    .split(/(_\w|ᾱ)/)
    .filter(Boolean)
    .map((part) => {
      if (part === "ᾱ") return { kind: "barred", text: "α" };
      if (/^_\w$/.test(part)) return { kind: "sub", text: part.slice(1) };
      return { kind: "text", text: part };
    });
}
