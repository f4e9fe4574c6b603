// How far back each network looks: a curve a model by distance, and the text tinted by what moved
// one guess. value: see memory.py's `remember`.

export default function mount({ element, trigger, props, watch }) {
  const { make, say, number, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing reach";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  // dotted, dashed, whole: told apart without colour
  const STROKES = { RNN: "2 9", LSTM: "14 8", Transformer: "none" };
  const EDGES = [
    1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 80, 100, 126, 159, 200, 252,
  ]; // steps of a tenth of a decade
  const LEAST = 1e-5; // of the influence: what is less falls through the floor of the chart
  const TICKS = [1, 2, 5, 10, 20, 50, 100, 200];

  const figures = make("dl", { class: "figures" });
  const plot = make("div", { class: "plot" }),
    chart = make(
      "div",
      { class: "chart-of-reach", role: "img" },
      make("p", { class: "axis" }, say(words.share)),
      plot,
      make("p", { class: "axis below" }, say(words.distance)),
    );
  const pages = make("div", {
      class: "pages",
      tabindex: "0",
      role: "group",
      "aria-label": say(words.text),
    }),
    caption = make("p", { class: "caption", "aria-live": "polite" });
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    figures,
    chart,
    make("h4", {}, say(words.tints)),
    make("p", { class: "hint" }, say(words.choose)),
    pages,
    caption,
  );

  let value = null,
    texts = [],
    wanted = null;

  // The mean share per character within each step of distance.
  function smooth(curve) {
    return EDGES.slice(0, -1).flatMap((from, index) => {
      const part = curve.slice(from - 1, EDGES[index + 1] - 1);
      return part.length
        ? [[from + (part.length - 1) / 2, part.reduce((a, b) => a + b, 0) / part.length]]
        : [];
    });
  }
  // The points down to the first that lies under the floor.
  function visibly(points) {
    const under = points.findIndex(([, share]) => share < LEAST);
    return under < 0
      ? points
      : [...points.slice(0, under), [points[under][0], Math.max(points[under][1], 1e-9)]];
  }
  // Where a curve ends, or leaves through the floor: its name stands there.
  function endOf({ name, points }, x, y) {
    const [distance, share] = points.at(-1),
      [before, more] = points.at(-2) ?? points.at(-1);
    if (share >= LEAST) return { name, x: x(distance), y: y(share) };
    return {
      name,
      x: x(before) + ((x(distance) - x(before)) * (100 - y(more))) / (y(share) - y(more)),
      y: 97,
    };
  }
  function drawChart() {
    const lines = value.models.map((model) => ({
      name: model.name,
      points: visibly(smooth(model.curve)),
    }));
    const length = Math.max(2, ...value.models.map((model) => model.curve.length));
    const low = Math.log10(LEAST);
    const x = (distance) => (100 * Math.log(distance)) / Math.log(length),
      y = (share) => (100 * Math.log10(share)) / low;
    const svg = make("svg", {
      viewBox: "0 0 100 100",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    const decades = Array.from({ length: -low + 1 }, (_, power) => 10 ** -power);
    svg.append(
      ...decades.map((share) =>
        make("line", { x1: 0, x2: 100, y1: y(share), y2: y(share), class: "grid" }),
      ),
    );
    svg.append(
      ...lines.map(({ name, points }) =>
        make("polyline", {
          class: name,
          "stroke-dasharray": STROKES[name] ?? "none",
          points: points.map(([d, s]) => `${x(d)},${y(s)}`).join(" "),
        }),
      ),
    );
    const ends = lines.map((line) => endOf(line, x, y)).sort((a, b) => b.y - a.y);
    ends.forEach((end, index) => {
      if (index) end.y = Math.min(end.y, ends[index - 1].y - 8);
    }); // names do not cover each other
    plot.replaceChildren(
      svg,
      ...decades.map((share) =>
        make(
          "span",
          { class: "tick left", style: `top: ${y(share)}%` },
          `${100 * share >= 1 ? 100 * share : number(100 * share, Math.round(-Math.log10(share)) - 2)} %`,
        ),
      ),
      ...TICKS.filter((distance) => distance <= length).map((distance) =>
        make("span", { class: "tick below", style: `left: ${x(distance)}%` }, `${distance}`),
      ),
      ...ends.map((end) =>
        make(
          "b",
          { class: `name ${end.name}`, style: `top: ${end.y}%; left: ${end.x}%` },
          end.name,
        ),
      ),
    );
    chart.setAttribute(
      "aria-label",
      `${say(words.hint)} ${value.models.map((model) => `${model.name}: ${model.reach} ${say(words.within)}`).join("; ")}`,
    );
    figures.replaceChildren(
      ...value.models.map((model) =>
        make(
          "div",
          { class: model.name },
          make("dt", {}, make("b", {}, model.name), ` ${say(words.within)}`),
          make("dd", {}, `${model.reach}`),
        ),
      ),
    );
  }

  function layOut() {
    texts = value.models.map((model) => {
      const cells = value.text.map((character, at) => {
        const cell = make(
          "span",
          { class: at < value.asked ? "cell data" : "cell generated" },
          character === "\n" ? "↵" : character,
        );
        cell.addEventListener("click", () => choose(at - 1));
        return cell;
      });
      const page = make(
        "div",
        { class: "page", translate: "no" },
        ...cells.flatMap((cell, at) => (value.text[at] === "\n" ? [cell, "\n"] : [cell])),
      );
      return { model, cells, page };
    });
    pages.replaceChildren(
      ...texts.map(({ model, page }) =>
        make("div", { class: "one" }, make("h5", {}, model.name), page),
      ),
    );
  }
  function tint() {
    texts.forEach(({ cells }, index) => {
      const { shares } = value.models[index],
        most = Math.max(...shares, 1e-9);
      cells.forEach((cell, at) => {
        cell.style.setProperty(
          "--full",
          at <= value.end ? `${Math.round(100 * Math.sqrt(shares[at] / most))}%` : "0%",
        );
        cell.classList.toggle("predicted", at === value.end + 1);
        cell.classList.toggle("later", at > value.end + 1);
      });
    });
    const strongest = value.models.map(({ name, shares }) => {
      const at = shares.indexOf(Math.max(...shares));
      return `${name}: ${visible(value.text[at])} (${number(100 * shares[at], 0)} %, d = ${value.end + 1 - at})`;
    });
    caption.replaceChildren(
      `${say(words.predicted)} `,
      make("code", {}, visible(value.text[value.end + 1])),
      ` ${say(words.moved_by)} – ${strongest.join("; ")}`,
    );
  }
  function choose(end) {
    const within = Math.max(0, Math.min(value.text.length - 2, end));
    if (within === wanted) return;
    wanted = within;
    for (const { cells } of texts)
      cells.forEach((cell, at) => cell.classList.toggle("predicted", at === wanted + 1));
    trigger("select", { end: wanted });
  }
  pages.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 }[event.key];
    if (!by || !value) return;
    event.preventDefault();
    choose(wanted + by);
  });

  function draw() {
    if (!props.value || props.value.problem) return;
    const before = value;
    value = props.value;
    if (!stage.isConnected) root.replaceChildren(stage);
    if (before?.text.join("") !== value.text.join("")) {
      wanted = value.end;
      drawChart();
      layOut();
    }
    if (value.end === wanted) tint(); // an answer to an earlier wish is passed over
  }
  watch("value", draw);
  draw();
}
