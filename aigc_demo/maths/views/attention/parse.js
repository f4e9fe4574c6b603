// Numbers and matrices out of text.

const MAX_NUMBER = 1000; // as in checks.py

/**
 * A matrix that is written in a line.
 * @param {string} line
 */
export const parse_matrix = (line) => line.split(" / ").map((row) => row.split(" ").map(Number));

/**
 * A number as a visitor types it; NaN where it is none, or too large.
 * @param {string} typed
 */
export function parse_number(typed) {
  const text = typed.trim().replace("−", "-").replace(",", "."),
    value = text === "" ? NaN : Number(text);
  return Math.abs(value) <= MAX_NUMBER ? value : NaN;
}
