// A small chart that grows with the training. lines: {name: class of colour}; note(numbers) adds a
// moment, null leaves a gap. show(all, ends) draws moments that are known already, between two
// numbers where they are given; tell(numbers) says those of one.
export function growing_chart(title, lines, digits = 2) {
  const { make, number } = window.aigc;
  const svg = make("svg", {
    viewBox: "0 0 100 100",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const drawn = Object.entries(lines).map(([name, look]) => {
    const line = make("polyline", { class: look });
    svg.append(line);
    return [name, line];
  });
  const said = make("p", { class: "said", translate: "no" }),
    ends = make("div", { class: "range", "aria-hidden": "true", translate: "no" });
  const element = make(
    "figure",
    { class: "growing" },
    make("figcaption", {}, title),
    said,
    make("div", { class: "plot" }, svg, ends),
  );
  let kept = [],
    every = 1,
    seen = 0;
  const short = (value) =>
    value === null || value === undefined ? "–" : number(value, digits).replace("-", "−");

  function note(numbers) {
    if (seen++ % every === 0) kept.push(numbers);
    if (kept.length > 400) {
      // the whole training stays in sight, half as finely
      kept = kept.filter((_, i) => i % 2 === 0);
      every *= 2;
    }
    show([...kept, numbers]);
  }
  function show(shown, between) {
    const all = shown.flatMap((each) => Object.values(each)).filter(Number.isFinite);
    const [low, high] = between ?? (all.length ? [Math.min(...all), Math.max(...all)] : [0, 1]),
      span = high - low || 1;
    for (const [name, line] of drawn) {
      const points = shown
        .map((each, i) => [(100 * i) / Math.max(1, shown.length - 1), each[name]])
        .filter(([, value]) => Number.isFinite(value));
      line.setAttribute(
        "points",
        points
          .map(([x, value]) => `${x.toFixed(1)},${(96 - (92 * (value - low)) / span).toFixed(1)}`)
          .join(" "),
      );
    }
    ends.replaceChildren(
      ...[high, low].map((end) => make("span", {}, all.length ? short(end) : "")),
    );
    tell(shown.at(-1) ?? {});
  }
  function tell(now, where = "") {
    said.replaceChildren(
      ...drawn.map(([name]) =>
        make("span", { class: lines[name] }, name, make("b", {}, ` ${short(now[name])}`)),
      ),
      where,
    );
  }
  return {
    element,
    note,
    show,
    tell,
    clear: () => {
      [kept, every, seen] = [[], 1, 0];
    },
  };
}
