// The saliency map of a logit: how it grows with each pixel's ink, in two colours.

import { PIXELS } from "aigc/ui/sprite.js";

/**
 * How a pixel is painted: in the data's colour where ink there speaks for the class, in that of
 * what is generated where it speaks against, the more strongly the steeper.
 * @param {number} slope per cent of the steepest, from -100 to 100
 * @returns {{ colour: "--data" | "--generated", opacity: number }}
 */
export function ink(slope) {
  return { colour: slope > 0 ? "--data" : "--generated", opacity: Math.abs(slope) / 100 };
}

/**
 * Paint the map of one class.
 * @param {HTMLCanvasElement} canvas a pixel for each of the picture's
 * @param {number[]} slopes row by row
 */
export function paint_saliency(canvas, slopes) {
  const style = getComputedStyle(canvas),
    context = canvas.getContext("2d");
  context.fillStyle = style.getPropertyValue("--sheet");
  context.fillRect(0, 0, PIXELS, PIXELS);
  slopes.forEach((slope, i) => {
    const { colour, opacity } = ink(slope);
    context.fillStyle = style.getPropertyValue(colour);
    context.globalAlpha = opacity;
    context.fillRect(i % PIXELS, Math.floor(i / PIXELS), 1, 1);
  });
  context.globalAlpha = 1;
}
