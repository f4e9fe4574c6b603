// What all planes share: numbers out of base64, places on a canvas, a field of two colours with the
// line of its middle.

import { bytes } from "aigc/ui/arrays.js";
import { css_colour, rgb } from "aigc/ui/theme.js";

export const EXTENT = 3; // a plane reaches from -3 to 3 on both axes
export const SIDE = 40; // cells of a field, each way
export const HALF = 65535 / 2; // D = 0.5 in a field's 16 bits
const DIAMOND = [
  [0, -1.3],
  [1.3, 0],
  [0, 1.3],
  [-1.3, 0],
];
const LONGEST = 0.8; // of an arrow, in the plane's units
const HEAD = 2.6; // radians from an arrow's direction to each side of its head

/**
 * Return points that came as thousandths, 16 bits a coordinate, in base64.
 * @param {string} text
 * @returns {Point[]}
 */
export function places(text) {
  const flat = new Int16Array(bytes(text).buffer);
  return Array.from({ length: flat.length / 2 }, (_, i) => [
    flat[2 * i] / 1000,
    flat[2 * i + 1] / 1000,
  ]);
}

/**
 * Return the line where a field passes `level`, by marching squares: segments in units of a cell.
 * @param {ArrayLike<number>} values of the cells' middles, row by row
 * @param {number} level
 * @param {number} side cells of a row
 * @returns {[Point, Point][]}
 */
export function contour(values, level = HALF, side = SIDE) {
  /** @type {(ends: number[]) => Point} */
  const crossing = ([i, j]) => {
    const share = (level - values[i]) / (values[j] - values[i]);
    const [[x, y], [u, v]] = [i, j].map((k) => [(k % side) + 0.5, Math.floor(k / side) + 0.5]);
    return [x + share * (u - x), y + share * (v - y)];
  };
  const segments = [];
  for (let row = 0; row < side - 1; row++)
    for (let column = 0; column < side - 1; column++) {
      const i = row * side + column,
        corners = [i, i + 1, i + side + 1, i + side];
      const crossed = corners
        .map((corner, k) => [corner, corners[(k + 1) % 4]])
        .filter(([a, b]) => values[a] > level !== values[b] > level)
        .map(crossing);
      for (let k = 0; k + 1 < crossed.length; k += 2) segments.push([crossed[k], crossed[k + 1]]);
    }
  return segments;
}

/**
 * Return an arrow along a vector: the longer the stronger, up to LONGEST.
 * @param {Point} from
 * @param {Point} vector
 * @returns {{to: Point, length: number}}
 */
export function arrow_of(from, vector) {
  const strength = Math.hypot(...vector),
    length = LONGEST * Math.tanh(strength / 1.5);
  const along = (k) => from[k] + (strength && (length / strength) * vector[k]);
  return { to: [along(0), along(1)], length };
}

/**
 * Return the pairs of neighbours in a square grid of points, by their places in the list.
 * @param {number} count of the points
 * @returns {[number, number][]}
 */
export function grid_edges(count) {
  const side = Math.round(count ** 0.5);
  const all = Array.from({ length: count }, (_, i) => i);
  /** @type {(i: number, j: number) => [number, number]} */
  const pair = (i, j) => [i, j];
  return [
    ...all.filter((i) => i % side !== side - 1).map((i) => pair(i, i + 1)),
    ...all.filter((i) => i < side * (side - 1)).map((i) => pair(i, i + side)),
  ];
}

/**
 * Return a square canvas that shows the plane, and what draws on it.
 * @param {number} size pixels a side
 * @param {Record<string, unknown>} [attributes]
 */
export function plane_canvas(size, attributes) {
  const canvas = window.aigc.make("canvas", { width: size, height: size, ...attributes }),
    context = canvas.getContext("2d");
  const scale = size / (2 * EXTENT);
  /** @type {(point: Point) => Point} */
  const at = ([x, y]) => [(x + EXTENT) * scale, (EXTENT - y) * scale];
  const small = document.createElement("canvas");
  small.width = small.height = SIDE;
  const line = (from, to) => {
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
  };

  /** The field: teal where D says real, coral where it says generated, the paler the less sure. */
  function field(map) {
    const values = new Uint16Array(bytes(map).buffer),
      pixels = new ImageData(SIDE, SIDE),
      brush = small.getContext("2d");
    const [real, fake] = ["data", "generated"].map(rgb);
    for (const [i, value] of values.entries()) {
      const alpha = (140 * Math.abs(value - HALF)) / HALF;
      pixels.data.set([...(value > HALF ? real : fake), alpha], 4 * i);
    }
    brush.putImageData(pixels, 0, 0);
    context.drawImage(small, 0, 0, size, size);
    const cell = size / SIDE;
    const middle = () => {
      for (const [from, to] of contour(values))
        line(
          from.map((x) => x * cell),
          to.map((x) => x * cell),
        );
    };
    stroke("ink", 2.5, middle, [7, 6]);
  }
  /** Stroke what `path` draws. */
  function stroke(colour, width, path, dash = []) {
    Object.assign(context, {
      strokeStyle: css_colour(colour),
      lineWidth: width,
      lineCap: "round",
      lineJoin: "round",
    });
    context.setLineDash(dash);
    context.beginPath();
    path();
    context.stroke();
  }
  /** Dots are real, diamonds generated: never colour alone. */
  function marks(points, colour, radius) {
    Object.assign(context, {
      fillStyle: css_colour(colour),
      strokeStyle: css_colour("sheet"),
      lineWidth: 1.2,
    });
    context.setLineDash([]);
    for (const [x, y] of points.map(at)) {
      context.beginPath();
      if (colour === "data") context.arc(x, y, radius, 0, 7);
      else for (const [u, v] of DIAMOND) context.lineTo(x + radius * u, y + radius * v);
      context.closePath();
      context.fill();
      context.stroke();
    }
  }
  /** Join the neighbours of a square grid of points. */
  function net(points) {
    const spots = points.map(at);
    stroke("latent", 1.6, () => {
      for (const [i, j] of grid_edges(points.length)) line(spots[i], spots[j]);
    });
  }
  /** Draw the gradients at the points as arrows. */
  function arrows(points, gradients) {
    stroke("loss", 2.5, () => {
      for (const [i, gradient] of gradients.entries()) {
        const { to, length } = arrow_of(points[i], gradient);
        if (length * scale < 2) continue;
        const [tail, tip] = [points[i], to].map(at);
        line(tail, tip);
        const angle = Math.atan2(tip[1] - tail[1], tip[0] - tail[0]),
          head = Math.min(9, (length * scale) / 2);
        for (const side of [angle + HEAD, angle - HEAD])
          line(tip, [tip[0] + head * Math.cos(side), tip[1] + head * Math.sin(side)]);
      }
    });
  }
  const clear = () => context.clearRect(0, 0, size, size);
  const fade = (alpha) => {
    context.globalAlpha = alpha;
  };
  return { canvas, clear, fade, field, marks, net, arrows, stroke, at, context };
}
