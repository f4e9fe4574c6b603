// The canvas for inpainting: a picture, as it would be without holes, and the holes in it. It is
// larger than the model's picture, so that one can draw on it.

import { downsample } from "aigc/diffusion/views/picture/downsample.js";
import { draw_line } from "aigc/ui/canvas_strokes.js";

/**
 * @typedef {"digits" | "emoji"} Kind of pictures
 * @typedef {"draw" | "erase"} Tool
 */

// Pixels of the canvas to one of the picture, and the widths of lines in pixels of the canvas.
const ENLARGED = { digits: 10, emoji: 5 },
  BRUSH = { digits: 22, emoji: 26 },
  ERASER = 44;
const PAPER = { digits: "#000", emoji: "#fff" };
const INK = "#fff"; // of digits

/**
 * Whether pictures are of this kind.
 * @param {string} name
 * @returns {name is Kind}
 */
export const is_kind = (name) => name in ENLARGED;

/**
 * Return the canvas, and what can be done on it.
 * @param {Record<Kind, number>} sides of the model's pictures, in pixels
 */
export function inpaint_canvas(sides) {
  const { make } = window.aigc;
  const canvas = make("canvas", { class: "paper" }),
    picture = make("canvas"),
    holes = make("canvas");
  /** @type {Kind} */
  let kind = "digits";
  const side = () => sides[kind],
    size = () => side() * ENLARGED[kind];

  function show() {
    const pen = canvas.getContext("2d");
    pen.globalCompositeOperation = "copy";
    pen.drawImage(picture, 0, 0);
    pen.globalCompositeOperation = "destination-out";
    pen.drawImage(holes, 0, 0);
  }
  function blank() {
    for (const each of [canvas, picture, holes])
      Object.assign(each, { width: size(), height: size() });
    canvas.className = kind === "digits" ? "paper ink" : "paper";
    const pen = picture.getContext("2d");
    pen.fillStyle = PAPER[kind];
    pen.fillRect(0, 0, size(), size());
    show();
  }
  return {
    element: canvas,
    side,
    blank,
    /**
     * Begin with an empty picture of a kind.
     * @param {Kind} chosen
     */
    begin(chosen) {
      kind = chosen;
      blank();
    },
    /** Fill the holes with what was there. */
    restore() {
      holes.getContext("2d").clearRect(0, 0, size(), size());
      show();
    },
    /**
     * Draw or erase along a line; what is drawn is no longer erased.
     * @param {Point[]} ends in the canvas's own pixels
     * @param {Tool} tool
     * @param {string} colour of emoji; digits have one of their own
     */
    stroke(ends, tool, colour) {
      const lineWidth = tool === "erase" ? ERASER : BRUSH[kind];
      if (tool === "erase") draw_line(holes, ends, { strokeStyle: "#000", lineWidth });
      else {
        draw_line(picture, ends, { strokeStyle: kind === "digits" ? INK : colour, lineWidth });
        draw_line(holes, ends, {
          strokeStyle: "#000",
          lineWidth,
          globalCompositeOperation: "destination-out",
        });
      }
      show();
    },
    /**
     * Show another picture, or a square that is cut out of one.
     * @param {HTMLCanvasElement | HTMLImageElement} source
     * @param {number} x of the square
     * @param {number} wide
     */
    put(source, x = 0, wide = source.width) {
      blank();
      const pen = picture.getContext("2d");
      pen.imageSmoothingEnabled = wide > size();
      pen.imageSmoothingQuality = "high";
      pen.drawImage(source, x, 0, wide, wide, 0, 0, size(), size());
      show();
    },
    /** Return the picture as the model takes it: a PNG data URI, transparent where it is erased. */
    read() {
      const pixels = (of) => of.getContext("2d").getImageData(0, 0, size(), size()).data,
        small = make("canvas", { width: side(), height: side() });
      const made = downsample(pixels(picture), pixels(holes), side(), ENLARGED[kind]);
      small.getContext("2d").putImageData(new ImageData(made, side(), side()), 0, 0);
      return small.toDataURL("image/png");
    },
  };
}
