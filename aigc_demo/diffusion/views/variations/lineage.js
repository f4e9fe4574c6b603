// The lineage of a picture: which neighbour was chosen each time, as text, "0.6:3 0.6:1".

/**
 * Return the choices of a lineage, from the first.
 * @param {string} lineage
 */
export const choices = (lineage) => (lineage ? lineage.split(" ") : []);

/**
 * Return the lineage of neighbour `index`, counted from 1, made with a share of fresh noise.
 * @param {string} lineage
 * @param {number} share
 * @param {number} index
 */
export const child = (lineage, share, index) =>
  [...choices(lineage), `${share}:${index}`].join(" ");

/**
 * Return the lineages of all pictures from the seed's to the one before this.
 * @param {string} lineage
 */
export const ancestors = (lineage) =>
  choices(lineage).map((_, i, all) => all.slice(0, i).join(" "));
