// A shape of the visitor's own on a plane: by finger, by mouse, or by arrow keys with the space bar
// as a pen.
// wanted(): whether one may draw now; begun, changed, lifted: called when the pen goes down, has
// drawn, and is up again.

import { EXTENT } from "aigc/ui/plane.js";
import { stroke_of } from "aigc/ui/pointer.js";

export function shape_pen(plane, { wanted, begun, changed, lifted }) {
  const NEAR = 0.06,
    LIMIT = 2000;
  let points = [],
    at = [0, 0],
    from = null,
    down = false;
  const inside = (place) => place.map((x) => +Math.max(-EXTENT, Math.min(EXTENT, x)).toFixed(3));
  function stroke_to(to) {
    // points at even distances, however fast the hand
    const far = Math.hypot(to[0] - from[0], to[1] - from[1]),
      count = Math.max(1, Math.floor(far / NEAR));
    if (far < NEAR && points.length) return;
    for (let i = 1; i <= count && points.length < LIMIT; i++)
      points.push(inside(from.map((x, k) => x + ((to[k] - x) * i) / count)));
    from = to;
    changed();
  }
  function begin(place) {
    points = [...points]; // a question that is under way keeps its own
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
  stroke_of(plane.canvas, {
    begin: touch,
    move: (event) => from && stroke_to(under(event)),
    end: lift,
  });
  plane.canvas.addEventListener("keydown", (event) => {
    const by = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
      " ": [0, 0],
    }[event.key];
    if (!by || !wanted()) return;
    event.preventDefault();
    if (event.key === " ") {
      down = !down;
      if (!down) return lift();
      begin(at);
    }
    at = inside(at.map((x, k) => x + 0.15 * by[k]));
    if (down) stroke_to(at);
    changed();
  });
  for (const event of ["focus", "blur"]) plane.canvas.addEventListener(event, changed);

  // The points, and where the keys' pen is.
  function draw() {
    plane.marks(points, "data", 4);
    if (document.activeElement !== plane.canvas) return;
    const [x, y] = plane.at(at);
    plane.stroke("ink", down ? 5 : 2, () => {
      for (const [u, v] of [
        [14, 0],
        [0, 14],
      ]) {
        plane.context.moveTo(x - u, y - v);
        plane.context.lineTo(x + u, y + v);
      }
    });
  }
  return { draw, points: () => points, clear: () => (points = []) };
}
