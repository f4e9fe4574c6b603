// A small line chart that grows with the training.

import { format_number } from "aigc/ui/format.js";
import { create_plot } from "aigc/ui/plot.js";

/** @import { Range } from "aigc/ui/arithmetic.js" */
/** @import { Point } from "aigc/ui/scale.js" */

const MOST = 400; // points of a line; of more, every second is left out
const MARGIN = 0.04; // above and below the lines, of the height

/** Each line's number at one step, null for a gap.
 * @typedef {Record<string, number | null>} Numbers
 */

/**
 * Return a line's points in a square of 1, its gaps left out.
 * @param {(number | null | undefined)[]} values
 * @param {Range} range of what is drawn
 * @returns {Point[]}
 */
export function points_of(values, [low, high]) {
  const last = Math.max(1, values.length - 1),
    span = high - low || 1;
  const y = (value) => MARGIN + ((1 - 2 * MARGIN) * (value - low)) / span;
  return values
    .map((value, i) => /** @type {Point} */ ([i / last, Number.isFinite(value) ? y(value) : NaN]))
    .filter(([, y]) => Number.isFinite(y));
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
 * between two numbers where they are given; tell(numbers) says those of one; mark(share) marks a
 * place of the axis.
 * @param {string} title
 * @param {Record<string, string>} lines each line's class, of its colour
 * @param {number} [digits] after the point
 */
export function live_line_chart(title, lines, digits = 2) {
  const { make } = window.aigc;
  const plot = create_plot({ x: [0, 1], y: [0, 1], label: title, role: "img" }),
    rule = plot.dot("inked rule");
  const drawn = Object.entries(lines).map(
    ([name, look]) => /** @type {const} */ ([name, plot.line(look)]),
  );
  const said = make("p", { class: "said", translate: "no" }),
    ends = make("div", { class: "range", "aria-hidden": "true", translate: "no" });
  plot.plot_area.append(ends);
  const element = make(
    "figure",
    { class: "line-chart" },
    make("figcaption", {}, title),
    said,
    plot.element,
  );
  /** @type {ReturnType<typeof thinned_record<Numbers>>} */
  const record = thinned_record();

  function note(/** @type {Numbers} */ numbers) {
    show([...record.add(numbers), numbers]);
  }
  /**
   * @param {Numbers[]} steps
   * @param {Range} [between]
   */
  function show(steps, between) {
    const all = steps.flatMap((each) => Object.values(each)).filter(Number.isFinite);
    const [low, high] = between ?? (all.length ? [Math.min(...all), Math.max(...all)] : [0, 1]);
    for (const [name, draw] of drawn)
      draw(
        points_of(
          steps.map((each) => each[name]),
          [low, high],
        ),
      );
    ends.replaceChildren(
      ...[high, low].map((end) => make("span", {}, all.length ? format_number(end, digits) : "")),
    );
    tell(steps.at(-1) ?? {});
  }
  /**
   * @param {Record<string, number | null>} now
   * @param {string} [where] at which step
   */
  function tell(now, where = "") {
    said.replaceChildren(
      ...Object.entries(lines).map(([name, look]) =>
        make("span", { class: look }, name, make("b", {}, ` ${format_number(now[name], digits)}`)),
      ),
      where,
    );
  }
  const mark = (/** @type {number} */ share) => rule.show([share, 0]);
  mark(NaN);
  return { element, note, show, tell, mark, clear: record.clear };
}
