export const duration = (milliseconds) => {
  const { number } = window.aigc;
  return milliseconds < 1000
    ? `${number(milliseconds, milliseconds < 10 ? 2 : 0)} ms`
    : `${number(milliseconds / 1000, 2)} s`;
};
// Quality, diversity and speed of several generators: an axis each, the better end above, and a
// line a generator. All as measured.
export function trilemma(words, colours) {
  const { make, say, number } = window.aigc;
  const element = make("div", { class: "trilemma" });
  const axes = {
    // what an axis shows, whether less is better, whether it is logarithmic, how it is written
    speed: [({ milliseconds }) => milliseconds, true, true, duration],
    quality: [({ fid }) => fid, true, true, (value) => number(value, 1)],
    variety: [({ diversity }) => diversity, false, false, (value) => number(value, 1)],
  };
  // where an axis stands, in per cent of the width: what is written at the last needs room
  const across = (column) => 2 + 33 * column;
  const under = { speed: words.per_picture, quality: words.distance, variety: words.features };

  const plot = make("div", { class: "plot" });
  let columns = []; // of each axis its marks, and where each should stand
  window.aigc.resized(plot, spread);

  const mark = (name, column, value) =>
    make(
      "span",
      { class: `mark ${colours[name]}`, style: `left: ${across(column)}%` },
      make("b", {}, value),
      " ",
      make("span", { class: "long" }, say(words[name])),
      make("span", { class: "short" }, say(words[`${name}_short`] ?? words[name])),
    );
  // Where a value stands on an axis, from 0 (above, the best) to 100, the worst and the best of
  // those shown being its ends.
  function scale(values, less, logarithmic) {
    const by = logarithmic ? Math.log : (value) => value,
      low = by(Math.min(...values)),
      high = by(Math.max(...values)),
      span = high - low || 1;
    return (value) => 6 + 88 * (less ? (by(value) - low) / span : (high - by(value)) / span);
  }
  // Marks keep their own height between them; the lowest stands inside the plot.
  function spread() {
    const high = plot.clientHeight;
    for (const marks of columns) {
      const sorted = [...marks].sort((a, b) => a.y - b.y),
        gap = (100 * Math.max(...sorted.map(({ element }) => element.offsetHeight))) / (high || 1);
      sorted.forEach(
        (mark, i) => (mark.at = i ? Math.max(mark.y, sorted[i - 1].at + gap) : mark.y),
      );
      sorted
        .toReversed()
        .forEach(
          (mark, i, all) => (mark.at = Math.min(mark.at, i ? all[i - 1].at - gap : 100 - gap / 2)),
        );
      for (const { element, at } of sorted) element.style.top = `${at}%`;
    }
  }
  function show({ entries, real }) {
    const names = Object.keys(entries),
      kinds = Object.keys(axes),
      lines = names.map(() => []);
    columns = [];
    const drawn = kinds.flatMap((kind, column) => {
      const [of, less, logarithmic, written] = axes[kind];
      const known = names.filter(
        (name) => of(entries[name]) !== null && of(entries[name]) !== undefined,
      );
      const reference = kind === "quality" && real ? [real] : [];
      const y = scale([...known.map((name) => of(entries[name])), ...reference], less, logarithmic);
      const marks = known.map((name) => ({
        name,
        y: y(of(entries[name])),
        element: mark(name, column, written(of(entries[name]))),
      }));
      columns.push(marks);
      for (const { name, y } of marks) lines[names.indexOf(name)].push(`${across(column)},${y}`);
      const x = `left: ${across(column)}%`;
      return [
        make("i", { class: "axis", style: x }),
        ...(reference.length
          ? [
              make(
                "span",
                { class: "real data", style: `${x}; top: ${y(real)}%` },
                `${say(words.real)} ${number(real, 1)}`,
              ),
            ]
          : []),
        ...marks.map(({ name, y }) =>
          make("i", { class: `dot ${colours[name]} ${name}`, style: `${x}; top: ${y}%` }),
        ),
        ...marks.map(({ element }) => element),
      ];
    });
    const heads = kinds.map((kind) =>
      make(
        "p",
        {},
        make("b", {}, say(words[kind])),
        make("small", {}, say(under[kind])),
        ...(kind === "quality" && real
          ? [make("small", { class: "short data" }, `${say(words.real)} ${number(real, 1)}`)]
          : []),
      ),
    );
    element.replaceChildren(make("div", { class: "axes" }, ...heads), plot);
    plot.replaceChildren(
      make(
        "svg",
        { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        ...names.map((name, i) =>
          make("polyline", { class: `${colours[name]} ${name}`, points: lines[i].join(" ") }),
        ),
      ),
      ...drawn,
    );
    spread();
  }
  return { element, show };
}
