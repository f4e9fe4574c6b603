// Strokes on a canvas, of a pointer or of the arrow keys. Places are in the canvas's own pixels.

import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { keyboard_pen } from "aigc/ui/keyboard_pen.js";

/**
 * Draw a line, or a dot where it has no length.
 * @param {HTMLCanvasElement} canvas
 * @param {Point[]} ends
 * @param {{ strokeStyle: string, lineWidth: number, globalCompositeOperation?: "destination-out" }}
 *   style
 */
export function draw_line(canvas, [from, to], style) {
  const pen = canvas.getContext("2d");
  Object.assign(pen, { lineCap: "round", lineJoin: "round", ...style });
  pen.beginPath();
  pen.moveTo(from[0], from[1]);
  pen.lineTo(to[0], to[1]);
  pen.stroke();
  pen.globalCompositeOperation = "source-over";
}

/**
 * Return where an event is on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {{ clientX: number, clientY: number }} event
 * @returns {Point}
 */
function place_on(canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [((clientX - left) / width) * canvas.width, ((clientY - top) / height) * canvas.height];
}

/**
 * Let a visitor draw on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} hint is hidden by the first stroke
 * @param {string} help for the keys
 * @param {object} calls
 * @param {() => void} calls.begun before a stroke begins
 * @param {(ends: Point[]) => void} calls.stroke for each piece of it, the first of which is a dot
 * @param {() => void} calls.ended
 */
export function canvas_strokes(canvas, hint, help, { begun, stroke, ended }) {
  /** @type {Point | null} where a stroke that is under way is */
  let from = null;
  /** @param {Point} to */
  function draw_to(to) {
    stroke([from, to]);
    from = to;
  }
  /** @param {Point} place */
  function begin(place) {
    begun();
    hint.hidden = true;
    from = place;
    draw_to(place);
  }
  function lift() {
    if (!from) return;
    from = null;
    ended();
  }
  follow_pointer(canvas, {
    begin: (event) => begin(place_on(canvas, event)),
    move: (event) => from && draw_to(place_on(canvas, event)),
    end: lift,
  });
  keyboard_pen(canvas, hint, help, { begin, stroke: draw_to, lift });
}
