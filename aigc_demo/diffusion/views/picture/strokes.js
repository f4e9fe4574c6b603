// Strokes on the canvas for inpainting, of a pointer or of the arrow keys.

import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { keyboard_pen } from "aigc/ui/keyboard_pen.js";

/**
 * @typedef {import("aigc/diffusion/views/picture/canvas.js").Place} Place
 * @typedef {import("aigc/diffusion/views/picture/canvas.js").Tool} Tool
 */

/**
 * Let a visitor draw on a canvas.
 * @param {ReturnType<typeof import("aigc/diffusion/views/picture/canvas.js").inpaint_canvas>} sheet
 * @param {HTMLElement} hint is hidden by the first stroke
 * @param {string} help for the keys
 * @param {object} given
 * @param {{ tool: Tool, colour: string }} given.pen what a stroke is drawn with
 * @param {() => void} given.begun
 * @param {() => void} given.ended
 */
export function strokes(sheet, hint, help, { pen, begun, ended }) {
  /** @type {Place | null} where a stroke that is under way is */
  let from = null;
  /** @param {Place} to */
  function stroke(to) {
    sheet.stroke([from, to], pen.tool, pen.colour);
    from = to;
  }
  /** @param {Place} place */
  function begin(place) {
    from = place;
    hint.hidden = true;
    stroke(from);
    begun();
  }
  function lift() {
    if (!from) return;
    from = null;
    ended();
  }
  follow_pointer(sheet.element, {
    begin: (event) => begin(sheet.at(event)),
    move: (event) => from && stroke(sheet.at(event)),
    end: lift,
  });
  keyboard_pen(sheet.element, hint, help, { begin, stroke, lift });
}
