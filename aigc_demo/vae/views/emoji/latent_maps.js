// The latent of a picture as a map for each channel: 16 by 16 places, positive and negative numbers
// in two colours, the stronger the further from 0.

export const CHANNELS = 4;
export const PLACES = 16; // a side
const FULL = 2.5; // from there on a place has its full colour

const SIGNS = /** @type {const} */ (["--latent", "--noise"]); // of positive and negative numbers

/** @typedef {number[][]} Latent hundredths, (channels, places), row by row */

/**
 * The number on the straight line between two.
 * @param {number} from
 * @param {number} to
 * @param {number} t 0 is `from`, 1 is `to`
 */
export function between(from, to, t) {
  return (1 - t) * from + t * to;
}

/**
 * How a number of the latent is painted.
 * @param {number} z
 * @returns {{ colour: "--latent" | "--noise", opacity: number }}
 */
export function ink(z) {
  return { colour: SIGNS[z > 0 ? 0 : 1], opacity: Math.min(1, Math.abs(z) / FULL) };
}

/**
 * Paint the latent between two pictures' on the channels' maps.
 * @param {HTMLCanvasElement[]} maps
 * @param {Latent[]} latents of both
 * @param {number} t
 */
export function paint_latent(maps, [first, second], t) {
  const style = getComputedStyle(maps[0]),
    colours = new Map(SIGNS.map((name) => [name, style.getPropertyValue(name)]));
  maps.forEach((map, channel) => {
    const context = map.getContext("2d");
    context.clearRect(0, 0, PLACES, PLACES);
    first[channel].forEach((from, i) => {
      const { colour, opacity } = ink(between(from, second[channel][i], t) / 100);
      context.fillStyle = colours.get(colour);
      context.globalAlpha = opacity;
      context.fillRect(i % PLACES, Math.floor(i / PLACES), 1, 1);
    });
    context.globalAlpha = 1;
  });
}
