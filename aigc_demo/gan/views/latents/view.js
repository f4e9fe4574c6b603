// A plane of noise to drag across. A place is painted past the queue; until that arrives its
// nearest picture is shown.

import { enlarged, on_sheet } from "aigc/gan/views/_shared/large.js";
import {
  at_share,
  mixture,
  nearest_picture,
  share_of,
} from "aigc/gan/views/latents/noise_plane.js";
import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { latest_request } from "aigc/ui/latest_request.js";
import { draw_tile, fit_tile, sprite } from "aigc/ui/sprite.js";

/** @import { Place } from "aigc/gan/views/latents/noise_plane.js" */
/**
 * What view.py's `latents` returns.
 * @typedef {object} Latents
 * @property {string} digit what is painted: a digit, or "emoji"
 * @property {number} seed of the first crossing
 * @property {number} truncation
 * @property {number} cells crossings a side, less one
 * @property {number} side pictures a side
 * @property {number} pixels a side of a picture
 * @property {string} sheet the pictures as one, a PNG data URI
 */
/**
 * What view.py's `point` is asked.
 * @typedef {object} Question
 * @property {Place} place
 * @property {string} digit
 * @property {number} seed
 * @property {number} truncation
 */
/**
 * What view.py's `point` returns.
 * @typedef {object} Painted
 * @property {string} picture a PNG data URI
 * @property {number} verdict D's, from 0 to 1
 * @property {string} read the digit that is read, or the nearest training emoji
 */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {Given<Latents>} given */
export default function mount({ element, props, server, watch }) {
  const { say, make, number } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing noise-plane";
  /** @type {Latents} */
  let value = null;
  let sheet = null,
    at = /** @type {Place} */ ([2, 2]);

  const waking = make("p", { class: "waking" }, say(words.waking));
  const { field, map, seeds, cross } = plane_field(words, () => value && at, go);
  const { body, large, formula, verdict } = enlarged(words, field);
  root.append(waking, body);

  const paint = latest_request((/** @type {Question} */ asked) => server.point(asked), receive);
  /**
   * @param {Painted | null} answer
   * @param {Question} asked
   * @param {boolean} last
   */
  function receive(answer, asked, last) {
    if (!answer || !last || asked.place !== at) return;
    sprite(answer.picture, (picture) => {
      if (asked.place !== at) return;
      draw_tile(large, picture, 0);
      const read = value.digit === "emoji" ? words.nearest : words.reads;
      const said = [
        say(words.verdict, { share: number(answer.verdict, 2) }),
        say(read, { digit: answer.read }),
      ];
      verdict.textContent = said.join(" ");
      root.dataset.exact = at.join(" ");
    });
  }
  const style_of = (place) => {
    const [left, top] = place.map((each) => `${100 * share_of(each, value)}%`);
    return `left: ${left}; top: ${top}`;
  };
  /** @param {(plane: Latents) => number[]} where */
  function go(where) {
    if (!value) return;
    const [column, row] = where(value).map((each) =>
      Math.max(0, Math.min(value.cells, +each.toFixed(3))),
    );
    at = [column, row];
    cross.setAttribute("style", style_of(at));
    draw_tile(large, sheet, nearest_picture(at, value));
    formula.replaceChildren(...sum(mixture(at, value)));
    paint({ place: at, digit: value.digit, seed: value.seed, truncation: value.truncation });
  }
  on_sheet({ props, watch }, waking, body, (given, picture) => {
    [value, sheet] = [given, picture];
    Object.assign(map, { width: picture.width, height: picture.height });
    fit_tile(large, value.pixels);
    map.className = large.className;
    map.getContext("2d").drawImage(picture, 0, 0);
    root.style.setProperty("--side", String(value.side));
    const ticks = Array.from({ length: value.cells + 1 }, (_, i) => i),
      crossings = ticks.flatMap((row) => ticks.map((column) => [column, row]));
    seeds.replaceChildren(...crossings.map((crossing) => make("i", { style: style_of(crossing) })));
    go(() => at);
  });
}

/**
 * The plane itself, on which pointer and arrow keys go from place to place.
 * @param {Words} words
 * @param {() => Place | null} now where one is, null as long as there is no plane
 * @param {(where: (plane: Latents) => number[]) => void} go
 */
function plane_field(words, now, go) {
  const { make, say } = window.aigc;
  const map = make("canvas", { class: "picture ink", "aria-hidden": "true" }),
    seeds = make("div", { class: "seeds", "aria-hidden": "true" }),
    cross = make("div", { class: "cross", "aria-hidden": "true" });
  const field = make(
    "div",
    { class: "field", tabindex: "0", role: "group", "aria-label": say(words.plane) },
    map,
    seeds,
    cross,
  );
  const follow = ({ clientX, clientY }) => {
    const box = field.getBoundingClientRect(),
      shares = [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
    go((plane) => shares.map((share) => at_share(share, plane)));
    return true;
  };
  follow_pointer(field, { begin: follow, move: follow, hover: follow });
  field.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 0.5 : 0.1,
      by = ARROWS[event.key],
      at = now();
    if (!by || !at) return;
    event.preventDefault();
    go(() => at.map((each, i) => each + step * by[i]));
  });
  return { field, map, seeds, cross };
}

// z as a weighted sum of the seeds' z.
function sum(parts) {
  const { make, number } = window.aigc;
  const terms = parts.flatMap(({ seed, weight }, i) => [
    i ? " + " : "",
    make("span", {}, `${number(weight, 2)} `, make("em", {}, "z"), make("sub", {}, seed)),
  ]);
  return [make("em", {}, "z"), " = ", ...terms];
}
