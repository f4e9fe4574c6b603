// What is seen of every live laboratory: a large plane with its layers, on which a visitor may draw
// a shape; and the steps of the training procedure with their numbers.

import { plane_canvas } from "aigc/ui/plane_canvas.js";
import { shape_input } from "aigc/ui/shape_input.js";
import { on_theme_change } from "aigc/ui/theme.js";

const SIDE = 760; // pixels of the plane

/**
 * @param {string} word by which tests find it
 * @param {string} text
 * @param {() => void} act
 * @param {string} [look]
 */
export function lab_button(word, text, act, look = "") {
  const button = window.aigc.make(
    "button",
    { type: "button", class: look, "data-act": word },
    text,
  );
  button.addEventListener("click", act);
  return button;
}

/**
 * Return a button for each layer of the plane, and the set of those that are seen.
 * @template {string} Layer
 * @param {Words} words
 * @param {Record<Layer, string>} signs of all layers
 * @param {Layer[]} hidden at first
 * @param {() => void} redraw
 */
function layer_legend(words, signs, hidden, redraw) {
  const { make, say } = window.aigc;
  const layers = /** @type {Layer[]} */ (Object.keys(signs)),
    shown = new Set(layers.filter((layer) => !hidden.includes(layer)));
  const buttons = layers.map((layer) => {
    const sign = make("b", { "aria-hidden": "true", translate: "no" }, signs[layer]),
      look = { type: "button", class: layer, "aria-pressed": shown.has(layer) },
      button = make("button", look, sign, ` ${say(words[layer])}`);
    button.addEventListener("click", () => {
      if (!shown.delete(layer)) shown.add(layer);
      button.setAttribute("aria-pressed", String(shown.has(layer)));
      redraw();
    });
    return button;
  });
  const group = { class: "legend", role: "group", "aria-label": say(words.layers_shown) };
  return { element: make("div", group, ...buttons), shown };
}

/**
 * Return the list of the procedure's steps; show(texts, lit, current) writes what stands beside
 * them, lights those for which lit(index) holds, and marks the current one, -1 for none.
 * @param {Words} words
 * @param {string[]} names
 */
function step_list(words, names) {
  const { make, say } = window.aigc;
  const steps = names.map((name) => {
    const output = make("output", { translate: "no" });
    return { item: make("li", {}, make("span", {}, say(words[name])), output), output };
  });
  /**
   * @param {string[]} texts
   * @param {(index: number) => boolean} lit
   * @param {number} [current]
   */
  function show(texts, lit, current = -1) {
    steps.forEach(({ item, output }, i) => {
      output.textContent = texts[i];
      item.classList.toggle("lit", i === current || lit(i));
      if (i === current) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
  }
  const look = { class: "steps", "aria-label": say(words.training) };
  return { element: make("ol", look, ...steps.map(({ item }) => item)), show };
}

/**
 * Where a laboratory's own parts stand.
 * @typedef {object} Places
 * @property {HTMLElement[]} [over] the plane
 * @property {HTMLElement[]} left under it
 * @property {HTMLElement[]} right
 * @property {HTMLElement[]} below
 */

/**
 * Return the parts that all laboratories have; lay_out(places) puts them and a laboratory's own
 * where they stand.
 * @template {string} Layer
 * @param {Words} words
 * @param {object} options
 * @param {Record<Layer, string>} options.layers their signs
 * @param {Layer[]} [options.hidden] layers that are not seen at first
 * @param {string[]} options.steps of the training procedure
 * @param {() => void} options.redraw
 */
export function lab_stage(words, { layers, hidden = [], steps, redraw }) {
  const { make, say } = window.aigc;
  const look = { class: "plane", tabindex: "0", role: "img", "aria-label": say(words.plane) },
    plane = plane_canvas(SIDE, look);
  const parts = {
    plane,
    waking: make("p", { class: "waking" }, say(words.waking)),
    hint: make("p", { class: "hint over" }, say(words.draw)),
    problem: make("p", { class: "problem", role: "alert" }),
    summary: make("p", { class: "summary" }),
    spoken: make("p", { class: "spoken", "aria-live": "polite" }),
    body: make("div", { class: "body" }),
    legend: layer_legend(words, layers, hidden, redraw),
    steps: step_list(words, steps),
  };
  [parts.body.hidden, parts.hint.hidden] = [true, true];
  on_theme_change(redraw);

  /** @param {Places} places */
  function lay_out({ over = [], left, right, below }) {
    const field = make("div", { class: "field" }, plane.canvas, ...over, parts.hint);
    parts.body.append(
      make(
        "div",
        { class: "halves" },
        make("div", { class: "left" }, field, ...left, parts.problem),
        make("div", { class: "right" }, ...right),
      ),
      ...below,
      parts.spoken,
    );
  }
  /** Show the laboratory, once there is something in it. */
  function open() {
    [parts.waking.hidden, parts.body.hidden] = [true, false];
  }
  /**
   * Let a visitor draw a shape on the plane.
   * @param {{ wanted(): boolean, begun(): void, lifted(): void }} calls
   */
  function shape(calls) {
    const input = shape_input(plane, {
      ...calls,
      changed() {
        parts.hint.hidden ||= input.points().length > 0;
        redraw();
      },
    });
    return input;
  }
  return { ...parts, lay_out, open, shape };
}
