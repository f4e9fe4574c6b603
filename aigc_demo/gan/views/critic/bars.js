// D(x, y) for each class y as a bar. One class is chosen, by pointer or by arrow keys.

import { bar_button, share_bar } from "aigc/ui/bar_list.js";

/** @import { Verdict } from "aigc/gan/views/critic/view.js" */

const CLASSES = 10;

/**
 * @param {Words} words
 * @param {(digit: number) => void} choose
 * @returns the chart, what draws a verdict, and what marks the chosen class
 */
export function class_bars(words, choose) {
  const { make, say, number } = window.aigc;
  const bars = Array.from({ length: CLASSES }, (_, digit) => bar_of(digit, choose));
  const element = make(
    "div",
    { class: "chart-of-classes" },
    make("h3", {}, say(words.bars)),
    ...bars.map(({ row }) => row),
    make(
      "p",
      { class: "ends", "aria-hidden": "true" },
      ...[0, 0.5, 1].map((end) => make("span", {}, end)),
    ),
  );
  element.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key],
      at = bars.findIndex(({ row }) => row === event.target);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = (at + by + CLASSES) % CLASSES;
    bars[next].row.focus();
    choose(next);
  });
  /** @param {Verdict} verdict */
  function show({ real, read }) {
    bars.forEach(({ row, bar, share }, digit) => {
      bar.style.setProperty("--share", String(real[digit]));
      share.textContent = number(real[digit], 2);
      row.setAttribute("aria-label", say(words.bar, { digit, share: number(real[digit], 2) }));
      row.classList.toggle("read", digit === read);
    });
  }
  /** @param {number} digit */
  function mark(digit) {
    bars.forEach(({ row }, i) => {
      row.setAttribute("aria-pressed", String(i === digit));
    });
  }
  return { element, show, mark };
}

function bar_of(digit, choose) {
  const { make } = window.aigc;
  const bar = share_bar(0, "bare"),
    track = make("span", { class: "track" }, bar, make("i", { class: "half" })),
    row = bar_button(String(digit), track, "", () => choose(digit));
  return { row, bar, share: row.querySelector(".figure") };
}
