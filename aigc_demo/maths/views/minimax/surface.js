// V(theta, psi) in pixels: as a map of the plane, and as a surface in space with the course of the
// game on it.

import { dirac_value } from "aigc/maths/views/minimax/dirac.js";
import {
  opacity_from_above,
  opacity_in_space,
  project_to,
  surface_quads,
} from "aigc/maths/views/minimax/projection.js";
import { css_colour, rgb } from "aigc/ui/theme.js";

/** @import { Point } from "aigc/ui/scale.js" */
/** @import { Projected, Projection } from "aigc/maths/views/minimax/projection.js" */

const QUADS = 28; // on a side
const MAP = 120; // pixels on a side
const FLOOR = -1.39; // the height at which the axes' names stand
const ROOM = { width: 400, height: 340 }; // before the canvas has a place

/** The theme's colours: when they change, what was painted is old. */
const theme = () => css_colour("loss") + css_colour("sheet");

/**
 * V over the plane from −edge to edge, strong where it is high. paint() paints it again where the
 * theme is another.
 * @param {number} edge
 */
export function value_map(edge) {
  const element = window.aigc.make("canvas", {
    width: MAP,
    height: MAP,
    class: "sheet",
    "aria-hidden": "true",
  });
  let painted = "";
  function paint() {
    const now = theme();
    if (painted === now) return;
    painted = now;
    const colour = rgb("loss"),
      pixels = new ImageData(MAP, MAP),
      place = (k) => edge * (k / ((MAP - 1) / 2) - 1);
    for (let i = 0; i < MAP; i++)
      for (let j = 0; j < MAP; j++) {
        const v = dirac_value(place(j), -place(i));
        pixels.data.set([...colour, opacity_from_above(v)], 4 * (i * MAP + j));
      }
    element.getContext("2d").putImageData(pixels, 0, 0);
  }
  return { element, paint };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Projected[]} points
 */
function trace(context, points) {
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
}

/**
 * The surface alone: it changes with the theme, the canvas and the angle, not with the game.
 * @param {CanvasRenderingContext2D} context
 * @param {Projection} project
 * @param {number} edge
 */
function paint_quads(context, project, edge) {
  const [dark, pale] = [rgb("loss"), rgb("sheet")];
  Object.assign(context, { strokeStyle: css_colour("sheet"), lineWidth: 0.6 });
  for (const { corners, v } of surface_quads(project, edge, QUADS)) {
    const share = opacity_in_space(v),
      colour = dark.map((each, i) => Math.round(share * each + (1 - share) * pale[i]));
    trace(context, corners);
    context.closePath();
    context.fillStyle = `rgb(${colour.join(" ")})`;
    context.fill();
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Projected} place
 * @param {string} colour
 */
function paint_dot(context, { x, y }, colour) {
  context.beginPath();
  context.arc(x, y, 7, 0, 7);
  Object.assign(context, {
    fillStyle: css_colour(colour),
    strokeStyle: css_colour("sheet"),
    lineWidth: 2,
  });
  context.fill();
  context.stroke();
}

/**
 * The course of the game, its goal, where it is now, and the axes' names.
 * @param {CanvasRenderingContext2D} context
 * @param {Projection} project
 * @param {number} edge
 * @param {Point[]} path
 */
function paint_path(context, project, edge, path) {
  const inside = path.filter((place) => place.every((each) => Math.abs(each) <= edge));
  trace(
    context,
    inside.map((place) => project(...place)),
  );
  Object.assign(context, { strokeStyle: css_colour("ink"), lineWidth: 2.2, lineJoin: "round" });
  context.stroke();
  paint_dot(context, project(0, 0), "data");
  if (inside.length) paint_dot(context, project(...inside[inside.length - 1]), "generated");
  Object.assign(context, {
    font: 'italic 24px KaTeX_Main, "Times New Roman", serif',
    fillStyle: css_colour("soft"),
  });
  const [theta, psi] = [project(edge + 0.35, 0, FLOOR), project(0, edge + 0.35, FLOOR)];
  context.fillText("θ", theta.x, theta.y);
  context.fillText("ψ", psi.x, psi.y);
}

/**
 * The surface in space over ±edge; paint(path, degrees) paints it, the course of the game on it.
 * @param {number} edge
 * @param {string} label its name for who hears the page
 */
export function value_surface(edge, label) {
  const element = window.aigc.make("canvas", { class: "solid", role: "img", "aria-label": label });
  const ground = document.createElement("canvas");
  let painted = "";
  /**
   * @param {Point[]} path
   * @param {number} degrees
   */
  function paint(path, degrees) {
    const width = element.clientWidth || ROOM.width,
      height = element.clientHeight || ROOM.height,
      scale = devicePixelRatio || 1,
      project = project_to(width, height, degrees),
      now = [theme(), width, height, scale, degrees].join();
    if (painted !== now) {
      painted = now;
      Object.assign(ground, { width: width * scale, height: height * scale });
      const beneath = ground.getContext("2d");
      beneath.scale(scale, scale);
      paint_quads(beneath, project, edge);
    }
    Object.assign(element, { width: ground.width, height: ground.height });
    const context = element.getContext("2d");
    context.drawImage(ground, 0, 0);
    context.scale(scale, scale);
    paint_path(context, project, edge, path);
  }
  return { element, paint };
}
