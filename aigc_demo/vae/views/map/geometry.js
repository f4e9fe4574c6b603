// The plane of z: where places lie, which cell of a grid they are in, how likely they are, and the
// paths of what is drawn on it. z = [z_1, z_2]; z_1 grows to the right, z_2 upwards.

/** @typedef {[number, number]} Latent */

/**
 * Which cell of a grid over the plane holds z, counted row by row from the top left.
 * @param {Latent} z
 * @param {number} side cells a side
 * @param {number} extent the plane reaches from minus to plus this both ways
 */
export function cell_of([z_1, z_2], side, extent) {
  const [column, row] = [z_1, -z_2].map((value) =>
    Math.max(0, Math.min(side - 1, Math.floor(((value + extent) / (2 * extent)) * side))),
  );
  return row * side + column;
}

/**
 * The density p(z) of the prior N(0, I).
 * @param {Latent} z
 */
export function prior_density([z_1, z_2]) {
  return Math.exp(-(z_1 ** 2 + z_2 ** 2) / 2) / (2 * Math.PI);
}

/**
 * z at a share of the plane's width and height, from its top left.
 * @param {[number, number]} share
 * @param {number} extent
 * @returns {Latent}
 */
export function latent_at([across, down], extent) {
  return [extent * (2 * across - 1), extent * (1 - 2 * down)];
}

/**
 * The path of an ellipse whose axes are level and upright. In a path y grows downwards.
 * @param {Latent} center
 * @param {[number, number]} radii
 */
export function ellipse([x, y], [a, b]) {
  return `M ${x - a} ${-y} a ${a} ${b} 0 1 0 ${2 * a} 0 a ${a} ${b} 0 1 0 ${-2 * a} 0`;
}

/**
 * The path of a cross that leaves its middle free.
 * @param {Latent} center
 */
export function cross([x, y]) {
  const near = 0.1,
    far = 0.34;
  return [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]
    .map(([u, v]) => `M ${x + near * u} ${-y + near * v} L ${x + far * u} ${-y + far * v}`)
    .join(" ");
}
