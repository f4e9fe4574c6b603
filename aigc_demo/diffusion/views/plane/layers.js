// What diffusion draws on a plane: the density as a quiet map, the score as arrows, points with
// their tails.

import { bytes, EXTENT, SIDE, tone } from "aigc/ui/plane.js";

const ARROWS = 15,
  LONGEST = 0.36; // each way, and in units of the plane
const lattice = Array.from({ length: ARROWS * ARROWS }, (_, i) =>
  [i % ARROWS, Math.floor(i / ARROWS)].map(
    (k, axis) => (axis ? -1 : 1) * EXTENT * ((2 * k + 1) / ARROWS - 1),
  ),
);
export const mixed = (a, b, share) => a + share * (b - a);

// Cuts `flat` into as many equal parts as there are levels; between two of them lies what is seen
// between their levels.
function levelled(flat, count) {
  const long = flat.length / count;
  return (level) => {
    const low = Math.min(count - 2, Math.floor(level)),
      share = level - low,
      from = low * long;
    return Array.from({ length: long }, (_, i) =>
      mixed(flat[from + i], flat[from + long + i], share),
    );
  };
}
export const arrows_of = (text, count) => levelled(new Int8Array(bytes(text).buffer), count);
export const maps_of = (text, count) => levelled(bytes(text), count);

export function shade(plane, map, colour) {
  const small = document.createElement("canvas"),
    pixels = new ImageData(SIDE, SIDE);
  const light = tone(colour)
    .match(/\w\w/g)
    .map((pair) => parseInt(pair, 16));
  small.width = small.height = SIDE;
  map.forEach((value, i) => pixels.data.set([...light, 80 * (value / 255) ** 0.6], 4 * i));
  small.getContext("2d").putImageData(pixels, 0, 0);
  plane.context.drawImage(small, 0, 0, plane.canvas.width, plane.canvas.height);
}
// The score: the longer the steeper, softly bounded; fainter where the data hardly ever are, for
// nobody learns anything there.
export function score(plane, flat, map, colour, width) {
  const { context } = plane,
    was = context.globalAlpha,
    bands = [[], [], []];
  lattice.forEach(([x, y], i) => {
    const column = Math.floor(((x + EXTENT) / (2 * EXTENT)) * SIDE),
      row = Math.floor(((EXTENT - y) / (2 * EXTENT)) * SIDE);
    const seen = map[row * SIDE + column];
    bands[seen > 24 ? 0 : seen > 1 ? 1 : 2].push([
      [x, y],
      [flat[2 * i], flat[2 * i + 1]].map((part) => (LONGEST * part) / 127),
    ]);
  });
  bands.forEach((band, i) => {
    context.globalAlpha = was * [1, 0.62, 0.32][i];
    plane.stroke(colour, width, () => {
      for (const [from, by] of band) {
        const half = by.map((part) => part / 2),
          [tail, tip] = [from.map((p, k) => p - half[k]), from.map((p, k) => p + half[k])].map(
            plane.at,
          );
        const long = Math.hypot(tip[0] - tail[0], tip[1] - tail[1]),
          turn = Math.atan2(tip[1] - tail[1], tip[0] - tail[0]),
          head = Math.min(9, 0.45 * long);
        if (long < 2) continue;
        context.moveTo(...tail);
        context.lineTo(...tip);
        for (const side of [2.6, -2.6]) {
          context.moveTo(...tip);
          context.lineTo(
            tip[0] + head * Math.cos(turn + side),
            tip[1] + head * Math.sin(turn + side),
          );
        }
      }
    });
  });
  context.globalAlpha = was;
}
// ways: for each point the places it came through, the last where it is now. A tail fades towards
// its beginning.
export function tails(plane, ways, colour, width) {
  const { context } = plane,
    was = context.globalAlpha,
    parts = 4;
  for (let part = 0; part < parts; part++) {
    context.globalAlpha = was * (0.1 + (0.4 * part) / (parts - 1));
    plane.stroke(colour, width, () => {
      for (const way of ways) {
        const cut = [part, part + 1].map((k) => Math.round((k * (way.length - 1)) / parts));
        way
          .slice(cut[0], cut[1] + 1)
          .forEach((place, i) => context[i ? "lineTo" : "moveTo"](...plane.at(place)));
      }
    });
  }
  context.globalAlpha = was;
}
