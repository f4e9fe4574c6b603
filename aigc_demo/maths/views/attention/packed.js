// A float32 tensor (layers, heads, T, D) as Python packs it.

import { floats } from "aigc/ui/arrays.js";

/** @import { Packed } from "aigc/ui/arrays.js" */

/**
 * Return what gives the matrix (T, D) of a layer and a head, both from 0.
 * @param {Packed} packed
 * @returns {(layer: number, head: number) => number[][]}
 */
export function unpacked(packed) {
  const [, heads, rows, columns] = packed.shape,
    numbers = floats(packed);
  return (layer, head) => {
    const first = (layer * heads + head) * rows;
    return Array.from({ length: rows }, (_, i) =>
      Array.from(numbers.subarray((first + i) * columns, (first + i + 1) * columns)),
    );
  };
}
