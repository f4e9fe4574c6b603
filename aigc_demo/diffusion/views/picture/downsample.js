// A picture as the model takes it, out of the larger one that is drawn on.

const OPAQUE = 255;

/**
 * Return the picture's pixels (RGBA): each is the mean of those drawn, and transparent where most
 * of them are erased.
 * @param {ArrayLike<number>} drawn RGBA, `side * factor` pixels square
 * @param {ArrayLike<number>} erased RGBA as large, opaque where the picture is erased
 * @param {number} side of the picture, in pixels
 * @param {number} factor by which the larger one is larger
 */
export function downsample(drawn, erased, side, factor) {
  const made = new Uint8ClampedArray(4 * side ** 2),
    count = factor ** 2;
  for (let i = 0; i < side ** 2; i++) {
    const sums = [0, 0, 0, 0];
    for (let k = 0; k < count; k++) {
      const x = (i % side) * factor + (k % factor),
        y = Math.floor(i / side) * factor + Math.floor(k / factor),
        at = 4 * (y * side * factor + x);
      for (let channel = 0; channel < 3; channel++) sums[channel] += drawn[at + channel];
      sums[3] += erased[at + 3];
    }
    const [red, green, blue, gone] = sums.map((sum) => sum / count);
    made.set([red, green, blue].map(Math.round), 4 * i);
    made[4 * i + 3] = gone > OPAQUE / 2 ? 0 : OPAQUE;
  }
  return made;
}
