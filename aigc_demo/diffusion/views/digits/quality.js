// Quality against steps: a line a sampler, as measured; a marker where the sliders stand.

import { ends, nearest } from "aigc/diffusion/views/digits/scales.js";
import { clamp } from "aigc/ui/arithmetic.js";
import { create_plot } from "aigc/ui/plot.js";
import { log_ticks } from "aigc/ui/scale.js";

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
  const chart = make("div"),
    table = make("table", { translate: "no" });
  const said = make("p", { class: "said", "aria-live": "polite" });
  root.append(choice, make("div", { class: "sides" }, chart, table), said);
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
   * @param {Measure} measured
   * @param {Point | null} chosen the point of the sampler nearest to the steps
   */
  function empty_plot({ samplers, real }, chosen) {
    const all = Object.values(samplers).flat(),
      counts = [...new Set(all.map(([count]) => count))].sort((a, b) => a - b),
      values = ends([...all.map(([, value]) => value), ...(real ? [real] : [])]),
      title = say(words[`${measure}_axis`]),
      { sampler } = props.value;
    return create_plot({
      x: [counts[0], counts.at(-1)],
      y: values,
      logarithmic: { x: true, y: true },
      label: `${title}. ${chosen ? `${sampler}, ${chosen[0]}: ${short(chosen[1])}` : ""}`,
      role: "img",
      titles: { x: say(words.abscissa), y: title },
      ticks: {
        x: counts,
        y: log_ticks(values).map((value) => [value, String(value)]),
      },
    });
  }
  /**
   * @param {Measure} measured
   * @param {number} steps
   * @param {Point | null} chosen
   */
  function draw_plot(measured, steps, chosen) {
    const { samplers, real } = measured,
      { sampler } = props.value,
      plot = empty_plot(measured, chosen),
      x = /** @type {Point} */ ([0, 1].map((share) => plot.scale.invert(share, 0)[0]));
    const line = (look, points) => plot.line(look)(points),
      dot = (look, place, ...text) => plot.dot(look, ...text).show(place);
    for (const [name, points] of Object.entries(samplers))
      if (name !== sampler) line("noise thin other", points);
    const own = samplers[sampler] ?? [];
    line("generated strong", own); // above the others
    if (real) {
      line(
        "data thin dashed",
        x.map((count) => [count, real]),
      );
      dot("data real", [x[1], real], `${say(words.real)} ${short(real)}`);
    }
    dot("inked rule", [clamp(steps, x), 0]);
    for (const point of own)
      dot(`generated round ${point[0] === chosen?.[0] ? "large" : "small"}`, point);
    chart.replaceChildren(plot.element);
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
    draw_plot(measures[measure], steps, chosen);
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
  }
  watch("value", draw);
  draw();
}
