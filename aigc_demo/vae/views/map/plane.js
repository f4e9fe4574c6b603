// The plane of z as a map: pictures, or regions of what is read; the prior's rings, q(z|x) as an
// ellipse, and a cross that follows the finger, the pointer and the arrow keys.

import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { cross, ellipse, latent_at } from "aigc/vae/views/map/geometry.js";
import { paint_regions, region_labels } from "aigc/vae/views/map/regions.js";

/** @import { Latent } from "aigc/vae/views/map/geometry.js" */
/** @import { Atlas, Mark } from "aigc/vae/views/map/view.js" */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {Words} words
 * @param {number} extent the plane reaches from minus to plus this both ways
 * @param {(z: Latent) => void} move is told where the cross goes
 */
export function latent_plane(words, extent, move) {
  const { make, say } = window.aigc;
  const look = { class: "picture ink sheet", role: "img", "aria-label": say(words.shown) },
    pictures = make("canvas", look),
    regions = make("canvas", { class: "regions", "aria-hidden": "true" }),
    labels = make("div", { class: "signs", "aria-hidden": "true", translate: "no" }),
    svg = make("svg", {
      viewBox: `${-extent} ${-extent} ${2 * extent} ${2 * extent}`,
      "aria-hidden": "true",
    });
  const field = make(
    "div",
    { class: "field", tabindex: "0", role: "group", "aria-label": say(words.plane) },
    ...[pictures, regions, labels, svg],
  );
  /** @type {Latent} */
  let at = [0, 0];
  /** @type {Mark | null} */
  let mark = null;

  function draw() {
    svg.replaceChildren(path(ellipse([0, 0], [1, 1]) + ellipse([0, 0], [2, 2]), "ring"));
    if (mark) svg.append(...posterior(mark));
    svg.append(path(cross(at), "halo"), path(cross(at), "cross"));
  }
  /** @param {number[]} z */
  function go(z) {
    const [z_1, z_2] = z.map((value) => Math.max(-extent, Math.min(extent, value)));
    at = [+z_1.toFixed(5), +z_2.toFixed(5)];
    draw();
    move(at);
  }
  const follow = ({ clientX, clientY }) => {
    const { left, top, width, height } = field.getBoundingClientRect();
    go(latent_at([(clientX - left) / width, (clientY - top) / height], extent));
    return true;
  };
  follow_pointer(field, { begin: follow, move: follow, hover: follow });
  field.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 0.5 : 0.1,
      by = ARROWS[event.key];
    if (!by) return;
    event.preventDefault();
    go(at.map((value, i) => value + step * by[i]));
  });
  return {
    element: with_axes(field, extent),
    go,
    /** @param {Atlas} atlas */
    tint: (atlas) => {
      paint_regions(regions, atlas);
      labels.replaceChildren(...region_labels(atlas));
    },
    /** @param {HTMLImageElement} sheet */
    sheet: (sheet) => {
      Object.assign(pictures, { width: sheet.width, height: sheet.height });
      pictures.getContext("2d").drawImage(sheet, 0, 0);
    },
    /** @param {Mark | null} value */
    mark: (value) => {
      mark = value;
      draw();
    },
  };
}

const path = (d, look) => window.aigc.make("path", { d, class: look });

/**
 * q(z|x) at one and at two standard deviations around its middle.
 * @param {Mark} mark
 */
function posterior({ mean, sigma }) {
  const [a, b] = sigma,
    both = ellipse(mean, [a, b]) + ellipse(mean, [2 * a, 2 * b]);
  return [path(both, "halo"), path(both, "mark"), path(ellipse(mean, [0.05, 0.05]), "middle")];
}

// The field between its axes.
function with_axes(field, extent) {
  const { make } = window.aigc;
  const ticks = [-extent, 0, extent],
    name = (index) => make("em", { translate: "no" }, "z", make("sub", {}, index)),
    tick = (value, style) => make("span", { style }, String(value).replace("-", "−"));
  const upright = ticks.map((t) => tick(t, `top: ${50 - (50 * t) / extent}%`)),
    level = ticks.map((t) => tick(t, `left: ${50 + (50 * t) / extent}%`));
  return make(
    "div",
    { class: "chart-of-z" },
    make("div", { class: "upright" }, ...upright, name(2)),
    field,
    make("div", { class: "level" }, ...level, name(1)),
  );
}
