// What diffusion draws on a plane: the density as a quiet map, the score as arrows, points with
// their tails.

import { EXTENT, SIDE } from "aigc/ui/plane_canvas.js";
import { rgb } from "aigc/ui/theme.js";

/**
 * @typedef {ReturnType<typeof import("aigc/ui/plane_canvas.js").plane_canvas>} Plane
 * @typedef {import("aigc/diffusion/views/plane/interpolation.js").Place} Place
 */

const ARROWS = 15, // each way
  LONGEST = 0.36, // arrow, in units of the plane
  HEAD = 9, // pixels of an arrow's head, at most
  BARB = 2.6; // radians from an arrow's direction to each side of its head
const FAINT = [1, 0.62, 0.32]; // arrows where the data often are, seldom, hardly ever
const TAIL_PARTS = 4;

/** Where the arrows stand, row by row from the top left. */
export const lattice = Array.from(
  { length: ARROWS * ARROWS },
  (_, i) =>
    /** @type {Place} */ (
      [i % ARROWS, Math.floor(i / ARROWS)].map(
        (k, axis) => (axis ? -1 : 1) * EXTENT * ((2 * k + 1) / ARROWS - 1),
      )
    ),
);

/**
 * Return the number in `map`, of SIDE by SIDE cells, at a place.
 * @param {number[]} map
 * @param {Place} place
 */
export function cell_at(map, [x, y]) {
  const column = Math.floor(((x + EXTENT) / (2 * EXTENT)) * SIDE),
    row = Math.floor(((EXTENT - y) / (2 * EXTENT)) * SIDE);
  return map[row * SIDE + column];
}

/**
 * Return the ends of the lines that are an arrow's head, in pixels.
 * @param {Place} tail
 * @param {Place} tip
 * @returns {Place[]}
 */
export function head_of(tail, tip) {
  const [x, y] = [tip[0] - tail[0], tip[1] - tail[1]],
    turn = Math.atan2(y, x),
    size = Math.min(HEAD, 0.45 * Math.hypot(x, y));
  return [BARB, -BARB].map((side) => [
    tip[0] + size * Math.cos(turn + side),
    tip[1] + size * Math.sin(turn + side),
  ]);
}

/**
 * Draw a density, the denser the darker.
 * @param {Plane} plane
 * @param {number[]} map
 * @param {string} colour
 */
export function shade(plane, map, colour) {
  const small = document.createElement("canvas"),
    pixels = new ImageData(SIDE, SIDE);
  const light = rgb(colour);
  small.width = small.height = SIDE;
  map.forEach((value, i) => {
    pixels.data.set([...light, 80 * (value / 255) ** 0.6], 4 * i);
  });
  small.getContext("2d").putImageData(pixels, 0, 0);
  plane.context.drawImage(small, 0, 0, plane.canvas.width, plane.canvas.height);
}

/**
 * Draw an arrow whose middle stands at a place.
 * @param {Plane} plane
 * @param {Place} middle
 * @param {Place} by from the tail to the tip
 */
function arrow(plane, [x, y], [u, v]) {
  const tail = /** @type {Place} */ (plane.at([x - u / 2, y - v / 2])),
    tip = /** @type {Place} */ (plane.at([x + u / 2, y + v / 2]));
  if (Math.hypot(tip[0] - tail[0], tip[1] - tail[1]) < 2) return;
  plane.context.moveTo(...tail);
  plane.context.lineTo(...tip);
  for (const end of head_of(tail, tip)) {
    plane.context.moveTo(...tip);
    plane.context.lineTo(...end);
  }
}

/**
 * Draw the score: the longer the steeper, softly bounded; fainter where the data hardly ever are,
 * for nobody learns anything there.
 * @param {Plane} plane
 * @param {number[]} flat x and y of each arrow, 127 for the longest
 * @param {number[]} map the density
 * @param {string} colour
 * @param {number} width
 */
export function score(plane, flat, map, colour, width) {
  const { context } = plane,
    was = context.globalAlpha;
  /** @type {[Place, Place][][]} */
  const bands = FAINT.map(() => []);
  lattice.forEach((place, i) => {
    const dense = cell_at(map, place),
      band = dense > 24 ? 0 : dense > 1 ? 1 : 2;
    bands[band].push([place, [(LONGEST * flat[2 * i]) / 127, (LONGEST * flat[2 * i + 1]) / 127]]);
  });
  bands.forEach((band, i) => {
    context.globalAlpha = was * FAINT[i];
    plane.stroke(colour, width, () => {
      for (const [place, by] of band) arrow(plane, place, by);
    });
  });
  context.globalAlpha = was;
}

/**
 * Draw where points came through; a tail fades towards its beginning.
 * @param {Plane} plane
 * @param {Place[][]} paths for each point its places, the last where it is now
 * @param {string} colour
 * @param {number} width
 */
export function tails(plane, paths, colour, width) {
  const { context } = plane,
    was = context.globalAlpha;
  for (let part = 0; part < TAIL_PARTS; part++) {
    context.globalAlpha = was * (0.1 + (0.4 * part) / (TAIL_PARTS - 1));
    plane.stroke(colour, width, () => {
      for (const path of paths) {
        const [from, to] = [part, part + 1].map((k) =>
          Math.round((k * (path.length - 1)) / TAIL_PARTS),
        );
        path.slice(from, to + 1).forEach((place, i) => {
          const [x, y] = plane.at(place);
          if (i) context.lineTo(x, y);
          else context.moveTo(x, y);
        });
      }
    });
  }
  context.globalAlpha = was;
}
