// A float32 tensor (layers, heads, T, D) as Python packs it: see core/wire_format.py.

/** @typedef {{ float32: string, shape: number[] }} Packed numbers, little-endian, in base64 */

/**
 * Return what gives the matrix (T, D) of a layer and a head, both from 0.
 * @param {Packed} packed
 * @returns {(layer: number, head: number) => number[][]}
 */
export function unpacked({ float32, shape }) {
  const [, heads, rows, columns] = shape,
    bytes = Uint8Array.from(atob(float32), (each) => each.charCodeAt(0)),
    numbers = new Float32Array(bytes.buffer);
  return (layer, head) => {
    const first = (layer * heads + head) * rows;
    return Array.from({ length: rows }, (_, i) =>
      Array.from(numbers.subarray((first + i) * columns, (first + i + 1) * columns)),
    );
  };
}
