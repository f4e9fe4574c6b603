// Quality against steps: a line a sampler, as measured; a marker where the sliders stand. value:
// see quality.py's quality.

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

  const marks = (low, high) =>
    [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].filter(
      (mark) => mark >= low && mark <= high,
    );
  const between = (low, high) => (value) =>
    // both axes are logarithmic
    (100 * Math.log(Math.min(high, Math.max(low, value)) / low)) / Math.log(high / low);
  const short = (value) => number(value, value < 100 ? 1 : 0) + (measure === "misread" ? " %" : "");

  function draw_plot({ samplers, real }, sampler, steps, chosen) {
    const all = Object.values(samplers).flat(),
      counts = [...new Set(all.map(([count]) => count))].sort((a, b) => a - b);
    const values = [...all.map(([, value]) => value), ...(real ? [real] : [])].filter(
        (value) => value > 0,
      ),
      ends = [0.8 * Math.min(...values), 1.15 * Math.max(...values)];
    const x = between(counts[0], counts.at(-1)),
      up = between(...ends),
      y = (value) => 100 - up(value);
    const lines = Object.entries(samplers)
      .sort(([name]) => (name === sampler ? 1 : -1))
      .map(
        (
          [name, points], // the chosen one above the others
        ) =>
          make("polyline", {
            class: name === sampler ? "chosen" : "other",
            points: points.map(([count, value]) => `${x(count)},${y(value)}`).join(" "),
          }),
      );
    plot.replaceChildren(
      make(
        "svg",
        { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        ...lines,
      ),
      ...marks(...ends).map((mark) =>
        make("span", { class: "level", style: `top: ${y(mark)}%` }, mark),
      ),
      ...counts.map((count) => make("span", { class: "tick", style: `left: ${x(count)}%` }, count)),
      ...(real
        ? [
            make(
              "div",
              { class: "real", style: `top: ${y(real)}%` },
              make("span", {}, `${say(words.real)} ${short(real)}`),
            ),
          ]
        : []),
      make("div", { class: "marker", style: `left: ${x(steps)}%` }),
      ...(samplers[sampler] ?? []).map(([count, value]) =>
        make("i", {
          class: count === chosen?.[0] ? "dot" : "point",
          style: `left: ${x(count)}%; top: ${y(value)}%`,
        }),
      ),
    );
  }
  function draw() {
    const value = props.value;
    const { samplers } = value.measures[measure],
      { sampler } = value,
      steps = Math.max(1, value.steps || 1);
    const nearest = (points) =>
      points.reduce((best, point) =>
        Math.abs(Math.log(point[0] / steps)) < Math.abs(Math.log(best[0] / steps)) ? point : best,
      );
    const chosen = samplers[sampler] ? nearest(samplers[sampler]) : null;
    choice.replaceChildren(
      ...Object.keys(value.measures).map((name) => {
        const button = make(
          "button",
          { type: "button", "aria-pressed": name === measure },
          say(words[name]),
        );
        button.addEventListener("click", () => {
          measure = name;
          draw();
          choice.querySelector("[aria-pressed=true]").focus();
        });
        return button;
      }),
    );
    axis.textContent = say(words[`${measure}_axis`]);
    draw_plot(value.measures[measure], sampler, steps, chosen);
    const rows = Object.entries(samplers)
      .map(([name, points]) => [name, ...nearest(points)])
      .sort((a, b) => a[2] - b[2]);
    table.replaceChildren(
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ...["sampler", "steps", measure].map((word) =>
            make("th", { scope: "col" }, say(words[word])),
          ),
        ),
      ),
      make(
        "tbody",
        {},
        ...rows.map(([name, count, found]) =>
          make(
            "tr",
            { class: name === sampler ? "chosen" : "" },
            make("th", { scope: "row" }, name),
            make("td", {}, count),
            make("td", {}, short(found)),
          ),
        ),
      ),
    );
    said.textContent = `${say(words[`${measure}_how`])} ${say(words.how, { samples: value.samples, guidance: value.guidance })}`;
    plot.setAttribute(
      "aria-label",
      `${axis.textContent}. ${chosen ? `${sampler}, ${chosen[0]}: ${short(chosen[1])}` : ""}`,
    );
  }
  watch("value", draw);
  draw();
}
