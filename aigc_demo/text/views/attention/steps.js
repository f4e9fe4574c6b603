// The four steps of eq. 1 as pictures: scores, scaled, weights, and the output.

import { paint, paint_stretched } from "aigc/text/views/attention/paint.js";
import { largest } from "aigc/text/views/attention/value.js";
import { clamp } from "aigc/ui/arithmetic.js";
import { format_number } from "aigc/ui/format.js";
import { css_colour } from "aigc/ui/theme.js";

/** @typedef {import("aigc/text/views/attention/value.js").Head} Head */

const STEPS = ["scores", "scaled", "weights", "output"];
const SIDE = 720; // pixels of a picture

/**
 * The pictures; pick(i, j) is called for a cell that is clicked, j being null in the output.
 * @param {Words} words
 * @param {(i: number, j: number | null) => void} pick
 */
export function step_panels(words, pick) {
  const { make, say, number } = window.aigc;
  const element = make("div", {
    class: "steps",
    tabindex: "0",
    role: "group",
    "aria-label": say(words.steps),
  });
  let T = 0;
  const panels = STEPS.map((name, index) => {
    const canvas = make("canvas", { role: "img", "aria-label": say(words[name]) }),
      figure = make("output"),
      formula = make("span", { class: "formula", translate: "no" });
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect(),
        at = (x) => clamp(Math.floor(x * T), [0, T - 1]);
      const column = at((event.clientX - box.left) / box.width);
      pick(at((event.clientY - box.top) / box.height), name === "output" ? null : column);
    });
    const caption = make(
      "figcaption",
      {},
      make("b", {}, "①②③④"[index]),
      formula,
      make("p", {}, say(words[name])),
    );
    element.append(make("figure", { class: name }, caption, canvas, figure));
    return { name, canvas, figure, formula };
  });

  /** @param {Head} head */
  function lay_out(head) {
    T = head.T;
    panels.forEach(({ formula }, index) => {
      formula.textContent = ["Q Kᵀ", `÷ √${head.D}`, "softmax", "· V"][index];
    });
  }
  /**
   * Paints all steps, row i and cell (i, j) framed, and tells these in numbers.
   * @param {Head} head
   * @param {number} i
   * @param {number} j
   */
  function draw(head, i, j) {
    const cell = Math.ceil(SIDE / head.T);
    for (const { name, canvas } of panels) {
      const context = picture(canvas, name, head, cell);
      context.strokeStyle = css_colour("ink");
      context.lineWidth = 5;
      context.strokeRect(2.5, i * cell + 2.5, canvas.width - 5, cell - 5);
      if (name === "output") continue;
      context.lineWidth = 7;
      context.strokeRect(j * cell + 3.5, i * cell + 3.5, cell - 7, cell - 7);
    }
    const figures = in_numbers(head, i, j);
    panels.forEach(({ figure }, index) => {
      figure.replaceChildren(...figures[index]);
    });
  }
  function picture(canvas, name, head, cell) {
    const { D } = head,
      columns = name === "output" ? D : head.T,
      most = name === "weights" ? 1 : largest(head[name]);
    const strength = (r, c) =>
      name === "scaled" && c > r ? null : head[name][r * columns + c] / most;
    if (name !== "output")
      return paint(canvas, head.T, columns, cell, css_colour("attention"), strength);
    const size = { width: Math.max(2, Math.round(SIDE / D)), height: cell };
    return paint_stretched(canvas, head.T, columns, size, css_colour("latent"), strength);
  }
  function in_numbers({ scores, scaled, weights, output, T, D }, i, j) {
    const cell = i * T + j,
      indexed = (symbol, n) => make("span", {}, symbol, make("sub", {}, `${n}`));
    const score = format_number(scores[cell], 2),
      first = [0, 1, 2].map((d) => format_number(output[i * D + d], 2));
    return [
      [indexed("q", i + 1), "·", indexed("k", j + 1), ` = ${score}`],
      [j > i ? "−∞" : `${score} / √${D} = ${format_number(scaled[cell], 2)}`],
      [indexed("α", `${i + 1},${j + 1}`), ` = ${number(weights[cell], 3)}`],
      [indexed("z", i + 1), ` = (${first.join(", ")}, …)`],
    ];
  }
  return { element, lay_out, draw };
}
