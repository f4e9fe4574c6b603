// Quality against steps: a line a sampler, as measured; a marker where the sliders stand.

import { ends, log_scale, nearest, ticks } from "aigc/diffusion/views/digits/scales.js";

/**
 * What was measured, and where the sliders stand: see quality.py's `quality`.
 * @typedef {import("aigc/diffusion/views/digits/scales.js").Point} Point
 * @typedef {object} Measure
 * @property {Record<string, Point[]>} samplers for each its points, by rising steps
 * @property {number | null} real the value of real digits
 * @typedef {object} Quality
 * @property {Record<string, Measure>} measures
 * @property {number} samples of which each point was measured
 * @property {number} guidance
 * @property {number} steps
 * @property {string} sampler
 */

/** @param {Given<Quality>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing quality";
  const choice = make("div", {
    class: "measures",
    role: "group",
    "aria-label": say(words.measures),
  });
  const axis = make("p", { class: "axis" }),
    plot = make("div", { class: "plot", role: "img" }),
    table = make("table", { translate: "no" });
  const said = make("p", { class: "said", "aria-live": "polite" });
  root.append(
    choice,
    make(
      "div",
      { class: "sides" },
      make("div", {}, axis, plot, make("p", { class: "axis below" }, say(words.abscissa))),
      table,
    ),
    said,
  );
  let measure = "distance";

  /** @param {number} value */
  const short = (value) => number(value, value < 100 ? 1 : 0) + (measure === "misread" ? " %" : "");

  function draw_choice() {
    choice.replaceChildren(
      ...Object.keys(props.value.measures).map((name) => {
        const button = make(
          "button",
          { type: "button", "aria-pressed": name === measure },
          say(words[name]),
        );
        button.addEventListener("click", () => {
          measure = name;
          draw();
          /** @type {HTMLElement} */ (choice.querySelector("[aria-pressed=true]")).focus();
        });
        return button;
      }),
    );
  }
  /**
   * @param {Record<string, Point[]>} samplers
   * @param {string} chosen is drawn above the others
   * @param {(point: Point) => [number, number]} place
   */
  function draw_lines(samplers, chosen, place) {
    const lines = Object.entries(samplers)
      .sort(([name]) => (name === chosen ? 1 : -1))
      .map(([name, points]) =>
        make("polyline", {
          class: name === chosen ? "chosen" : "other",
          points: points.map((point) => place(point).join()).join(" "),
        }),
      );
    return make(
      "svg",
      { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
      ...lines,
    );
  }
  /**
   * @param {Measure} measured
   * @param {string} sampler
   * @param {number} steps
   * @param {Point | null} chosen the point of the sampler nearest to the steps
   */
  function draw_plot({ samplers, real }, sampler, steps, chosen) {
    const all = Object.values(samplers).flat(),
      counts = [...new Set(all.map(([count]) => count))].sort((a, b) => a - b);
    const values = ends([...all.map(([, value]) => value), ...(real ? [real] : [])]);
    const x = log_scale(counts[0], counts.at(-1)),
      up = log_scale(...values),
      y = (value) => 100 - up(value);
    const level = (value, look, ...inside) =>
      make(
        look === "real" ? "div" : "span",
        { class: look, style: `top: ${y(value)}%` },
        ...inside,
      );
    const real_line = () =>
      level(real, "real", make("span", {}, `${say(words.real)} ${short(real)}`));
    plot.replaceChildren(
      draw_lines(samplers, sampler, ([count, value]) => [x(count), y(value)]),
      ...ticks(...values).map((tick) => level(tick, "level", tick)),
      ...counts.map((count) => make("span", { class: "tick", style: `left: ${x(count)}%` }, count)),
      ...(real ? [real_line()] : []),
      make("div", { class: "marker", style: `left: ${x(steps)}%` }),
      ...(samplers[sampler] ?? []).map(([count, value]) =>
        make("i", {
          class: count === chosen?.[0] ? "dot" : "point",
          style: `left: ${x(count)}%; top: ${y(value)}%`,
        }),
      ),
    );
  }
  /**
   * @param {[string, number, number][]} rows of sampler, steps and value
   * @param {string} chosen
   */
  function draw_table(rows, chosen) {
    const heads = ["sampler", "steps", measure].map((word) =>
      make("th", { scope: "col" }, say(words[word])),
    );
    const lines = rows.map(([name, count, found]) =>
      make(
        "tr",
        { class: name === chosen ? "chosen" : "" },
        make("th", { scope: "row" }, name),
        make("td", {}, count),
        make("td", {}, short(found)),
      ),
    );
    table.replaceChildren(make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
  }
  function draw() {
    const { measures, sampler, samples, guidance } = props.value;
    const { samplers } = measures[measure],
      steps = Math.max(1, props.value.steps || 1);
    const chosen = samplers[sampler] ? nearest(samplers[sampler], steps) : null;
    draw_choice();
    axis.textContent = say(words[`${measure}_axis`]);
    draw_plot(measures[measure], sampler, steps, chosen);
    const rows = Object.entries(samplers).map(
      ([name, points]) =>
        /** @type {[string, number, number]} */ ([name, ...nearest(points, steps)]),
    );
    draw_table(
      rows.sort((a, b) => a[2] - b[2]),
      sampler,
    );
    const how = say(words.how, { samples, guidance });
    said.textContent = `${say(words[`${measure}_how`])} ${how}`;
    plot.setAttribute(
      "aria-label",
      `${axis.textContent}. ${chosen ? `${sampler}, ${chosen[0]}: ${short(chosen[1])}` : ""}`,
    );
  }
  watch("value", draw);
  draw();
}
