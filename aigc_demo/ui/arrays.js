// Arrays as Python sends them: little-endian bytes in base64. See core/wire_format.py.

/** @typedef {{ shape: number[], float32: string }} Packed a float32 tensor, exactly */

/**
 * The bytes of an array.
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
export const bytes = (base64) =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/**
 * The numbers of a float32 tensor, row after row.
 * @param {Packed} packed
 */
export const floats = ({ float32 }) => new Float32Array(bytes(float32).buffer);

/**
 * The rows of a float32 matrix.
 * @param {Packed} packed
 * @returns {number[][]}
 */
export function rows_of(packed) {
  const [rows, columns] = packed.shape,
    all = [...floats(packed)];
  return Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns));
}
