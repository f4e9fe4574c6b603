// A shape of the visitor's own on a plane: by finger, by mouse, or by arrow keys with the space bar
// as a pen.

import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { EXTENT } from "aigc/ui/plane_canvas.js";

const NEAR = 0.06; // from a point to the next, at least
const MOST = 2000; // points
const STEP = 0.15; // of the arrow keys
const MOVES = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  " ": [0, 0],
};

/**
 * Return a place inside the plane, to three digits.
 * @param {number[]} place
 * @returns {Point}
 */
export function inside([x, y]) {
  const held = (value) => +Math.max(-EXTENT, Math.min(EXTENT, value)).toFixed(3);
  return [held(x), held(y)];
}

/**
 * Return points at even distances from one place to another, however fast the hand; the last is
 * where it ends, the place where it begins is none.
 * @param {Point} from
 * @param {Point} to
 * @returns {Point[]}
 */
export function points_between(from, to) {
  const count = Math.max(1, Math.floor(Math.hypot(to[0] - from[0], to[1] - from[1]) / NEAR));
  return Array.from({ length: count }, (_, i) =>
    inside(from.map((x, k) => x + ((to[k] - x) * (i + 1)) / count)),
  );
}

/**
 * Let a visitor draw on a plane. wanted(): whether one may draw now; begun, changed, lifted: called
 * when the pen goes down, has drawn, and is up again.
 * @param {ReturnType<typeof import("aigc/ui/plane_canvas.js").plane_canvas>} plane
 * @param {{wanted(): boolean, begun(): void, changed(): void, lifted(): void}} calls
 */
export function shape_input(plane, { wanted, begun, changed, lifted }) {
  /** @type {Point[]} */
  let points = [];
  /** @type {Point} */
  let at = [0, 0];
  /** @type {Point | null} */
  let from = null;
  let down = false;
  function stroke_to(/** @type {Point} */ to) {
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) < NEAR && points.length) return;
    points.push(...points_between(from, to).slice(0, MOST - points.length));
    from = to;
    changed();
  }
  function begin(place) {
    points = [...points]; // a request that is under way keeps its own
    from = place;
    begun();
  }
  const under = (event) => {
    const box = plane.canvas.getBoundingClientRect();
    return inside([
      ((event.clientX - box.left) / box.width) * 2 * EXTENT - EXTENT,
      EXTENT - ((event.clientY - box.top) / box.height) * 2 * EXTENT,
    ]);
  };
  function touch(event) {
    if (!wanted()) return false;
    if (down) {
      // the keys' pen makes room
      down = false;
      lift();
    }
    begin(under(event));
    stroke_to(from);
    return true;
  }
  function lift() {
    if (!from || down) return;
    from = null;
    lifted();
  }
  follow_pointer(plane.canvas, {
    begin: touch,
    move: (event) => from && stroke_to(under(event)),
    end: lift,
  });
  plane.canvas.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by || !wanted()) return;
    event.preventDefault();
    if (event.key === " ") {
      down = !down;
      if (!down) return lift();
      begin(at);
    }
    at = inside(at.map((x, k) => x + STEP * by[k]));
    if (down) stroke_to(at);
    changed();
  });
  for (const event of ["focus", "blur"]) plane.canvas.addEventListener(event, changed);

  /** Draw the points, and where the keys' pen is. */
  function draw() {
    plane.marks(points, "data", 4);
    if (document.activeElement !== plane.canvas) return;
    const [x, y] = plane.at(at);
    plane.stroke("ink", down ? 5 : 2, () => {
      plane.context.moveTo(x - 14, y);
      plane.context.lineTo(x + 14, y);
      plane.context.moveTo(x, y - 14);
      plane.context.lineTo(x, y + 14);
    });
  }
  const clear = () => {
    points = [];
  };
  return { draw, points: () => points, clear };
}
