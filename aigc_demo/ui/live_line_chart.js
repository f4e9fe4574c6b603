// A small line chart that grows with the training.

const MOST = 400; // points of a line; of more, every second is left out
const MARGIN = 4; // above and below the lines, in percent of the height

/** Each line's number at one step, null for a gap.
 * @typedef {Record<string, number | null>} Numbers
 */

/**
 * Return a line's points as SVG has them, in a square of 100, its gaps left out.
 * @param {(number | null | undefined)[]} values
 * @param {[number, number]} range of what is drawn, the lowest and the highest
 */
export function points_of(values, [low, high]) {
  const span = high - low || 1;
  const x = (i) => (100 * i) / Math.max(1, values.length - 1);
  const y = (value) => 100 - MARGIN - ((100 - 2 * MARGIN) * (value - low)) / span;
  return values
    .map((value, i) => (Number.isFinite(value) ? `${x(i).toFixed(1)},${y(value).toFixed(1)}` : ""))
    .filter(Boolean)
    .join(" ");
}

/**
 * Return a record of a training that never holds more than `most` points: the whole of it stays,
 * half as finely each time when there are more.
 * @template Item
 * @param {number} most
 */
export function thinned_record(most = MOST) {
  /** @type {Item[]} */
  let kept = [];
  let every = 1,
    seen = 0;
  return {
    /** Add an item, and return what is kept. @param {Item} item */
    add(item) {
      if (seen++ % every === 0) kept.push(item);
      if (kept.length > most) {
        kept = kept.filter((_, i) => i % 2 === 0);
        every *= 2;
      }
      return kept;
    },
    clear() {
      [kept, every, seen] = [[], 1, 0];
    },
  };
}

/**
 * Return the chart: note(numbers) adds a step; show(all, ends) draws steps that are known already,
 * between two numbers where they are given; tell(numbers) says those of one.
 * @param {string} title
 * @param {Record<string, string>} lines each line's class, of its colour
 * @param {number} [digits] after the point
 */
export function live_line_chart(title, lines, digits = 2) {
  const { make, number } = window.aigc;
  const svg = make("svg", {
    viewBox: "0 0 100 100",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const drawn = new Map(
    Object.entries(lines).map(([name, look]) => [name, make("polyline", { class: look })]),
  );
  svg.append(...drawn.values());
  const said = make("p", { class: "said", translate: "no" }),
    ends = make("div", { class: "range", "aria-hidden": "true", translate: "no" });
  const element = make(
    "figure",
    { class: "line-chart" },
    make("figcaption", {}, title),
    said,
    make("div", { class: "plot" }, svg, ends),
  );
  /** @type {ReturnType<typeof thinned_record<Numbers>>} */
  const record = thinned_record();
  const short = (value) =>
    value === null || value === undefined ? "–" : number(value, digits).replace("-", "−");

  function note(/** @type {Numbers} */ numbers) {
    show([...record.add(numbers), numbers]);
  }
  /**
   * @param {Numbers[]} steps
   * @param {[number, number]} [between]
   */
  function show(steps, between) {
    const all = steps.flatMap((each) => Object.values(each)).filter(Number.isFinite);
    const range = between ?? (all.length ? [Math.min(...all), Math.max(...all)] : [0, 1]);
    for (const [name, line] of drawn)
      line.setAttribute(
        "points",
        points_of(
          steps.map((each) => each[name]),
          [range[0], range[1]],
        ),
      );
    ends.replaceChildren(
      ...[range[1], range[0]].map((end) => make("span", {}, all.length ? short(end) : "")),
    );
    tell(steps.at(-1) ?? {});
  }
  /**
   * @param {Record<string, number | string | null>} now a text stays as it is
   * @param {string} [where] at which step
   */
  function tell(now, where = "") {
    said.replaceChildren(
      ...Object.entries(lines).map(([name, look]) =>
        make("span", { class: look }, name, make("b", {}, ` ${short(now[name])}`)),
      ),
      where,
    );
  }
  return { element, note, show, tell, clear: record.clear };
}
