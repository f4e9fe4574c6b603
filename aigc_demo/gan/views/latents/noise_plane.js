// The plane of noise, a seed at every crossing: places on it, and what noise is there. A place is
// [column, row] from the top left, whole numbers being crossings; see latent_mixing.py.

/** @typedef {[number, number]} Place */

/**
 * Where a place lies on the sheet of pictures, a share of its width or height. The crossings of the
 * border lie in the middle of their pictures, half a picture from the edge.
 * @param {number} at the place's column, or row
 * @param {{ cells: number, side: number }} plane crossings less one, and pictures, a side
 */
export function share_of(at, { cells, side }) {
  return ((at / cells) * (side - 1) + 0.5) / side;
}

/**
 * Which column, or row, lies at a share of the sheet's width or height.
 * @param {number} share
 * @param {{ cells: number, side: number }} plane
 */
export function at_share(share, { cells, side }) {
  return ((share * side - 0.5) / (side - 1)) * cells;
}

/**
 * The picture, counted row by row, that is nearest to a place.
 * @param {Place} place
 * @param {{ cells: number, side: number }} plane
 */
export function nearest_picture(place, { cells, side }) {
  const [column, row] = place.map((at) => Math.round((at / cells) * (side - 1)));
  return row * side + column;
}

/**
 * The noise at a place as a weighted sum of the seeds around, heaviest first; weights of half a
 * per cent or less are left out. The squares of all weights sum to 1.
 * @param {Place} place
 * @param {{ cells: number, seed: number }} plane the seed of the first crossing
 * @returns {{ seed: number, weight: number }[]}
 */
export function mixture(place, { cells, seed }) {
  const [across, down] = place.map((at) => {
    const near = [Math.floor(at), Math.floor(at) + 1],
      weights = near.map((crossing) => Math.max(0, 1 - Math.abs(at - crossing))),
      length = Math.hypot(...weights);
    return near.map((crossing, i) => ({ crossing, weight: weights[i] / length }));
  });
  return down
    .flatMap((row) =>
      across.map((column) => ({
        seed: seed + row.crossing * (cells + 1) + column.crossing,
        weight: row.weight * column.weight,
      })),
    )
    .filter(({ weight }) => weight > 0.005)
    .sort((a, b) => b.weight - a.weight);
}
