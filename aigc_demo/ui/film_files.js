// What the player shows, as files: the frame as PNG, all frames as an animation, each of them as
// PNG.

import { export_canvas } from "aigc/ui/export_image.js";
import { animated_webp, download_file, zip } from "aigc/ui/files.js";

const LAST = 1500; // milliseconds that an animation's last frame stays: it is the result

/** What is saved.
 * @typedef {object} Shown
 * @property {string} name of the files
 * @property {import("aigc/ui/film_view.js").FilmView[]} film_views
 * @property {number} frames
 * @property {number} frame the one that is seen
 * @property {number} period milliseconds from a frame to the next
 */

/**
 * Return the share of the way at which a frame stands.
 * @param {number} index
 * @param {number} frames
 */
export const share_of = (index, frames) => (frames > 1 ? index / (frames - 1) : 1);

/**
 * Return the name of a frame's file: the numbers have one length, so that names sort as frames.
 * @param {string} name
 * @param {number} index
 * @param {number} frames
 */
export const numbered = (name, index, frames) =>
  `${name}-${String(index + 1).padStart(String(frames).length, "0")}.png`;

/**
 * Return a canvas as a file: what kind it became, and its bytes.
 * @param {HTMLCanvasElement} canvas
 * @param {string} type
 * @returns {Promise<{type: string, bytes: Uint8Array<ArrayBuffer>}>}
 */
function encoded(canvas, type) {
  return new Promise((done) => {
    const receive = async (/** @type {Blob} */ blob) =>
      done({ type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) });
    canvas.toBlob(receive, type, 1);
  });
}

/**
 * Return what saves the film; shown() is asked at each click.
 * @param {HTMLElement} root whose styles the files take
 * @param {() => Shown} shown
 */
export function film_files(root, shown) {
  const exported = (film_views) => export_canvas(film_views, getComputedStyle(root));

  async function each_frame(type) {
    const { film_views, frames } = shown();
    const { canvas, draw } = exported(film_views),
      files = [];
    for (let index = 0; index < frames; index++) {
      draw(share_of(index, frames));
      files.push(await encoded(canvas, type));
    }
    return { canvas, files };
  }
  async function save_frame() {
    const { name, film_views, frame, frames } = shown();
    const { canvas, draw } = exported(film_views);
    draw(share_of(frame, frames));
    const { type, bytes } = await encoded(canvas, "image/png");
    download_file(new Blob([bytes], { type }), `${name}-${frame + 1}.png`);
  }
  /** Return whether this browser could make it. */
  async function save_animation() {
    const { name, frames, period } = shown();
    const { canvas, files } = await each_frame("image/webp");
    if (files[0].type !== "image/webp") return false;
    const timed = files.map(({ bytes }, i) => ({
      bytes,
      milliseconds: i < frames - 1 ? Math.round(period) : LAST,
    }));
    download_file(animated_webp(timed, canvas.width, canvas.height), `${name}.webp`);
    return true;
  }
  async function save_all() {
    const { name, frames } = shown();
    const { files } = await each_frame("image/png");
    const entries = files.map(({ bytes }, i) => ({ name: numbered(name, i, frames), bytes }));
    download_file(zip(entries), `${name}.zip`);
  }
  return { save_frame, save_animation, save_all };
}
