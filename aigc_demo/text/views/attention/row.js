// One row of a head, in numbers: whom the character asks, and what it sums up.

import { sum_in_words } from "aigc/text/views/attention/value.js";
import { format_number } from "aigc/ui/format.js";

/** @typedef {import("aigc/text/views/attention/value.js").Head} Head */

const HEADING = 120; // pixels of the rows' names

/**
 * The row; pick(i) is called for a character that is to ask.
 * @param {Words} words
 * @param {(i: number) => void} pick
 */
export function head_row(words, pick) {
  const { make, say, number, visible } = window.aigc;
  const table = make("table", { translate: "no" }),
    scroll = make("div", { class: "scroll", tabindex: "-1" }, table),
    asking = make("p", { class: "asking", "aria-live": "polite" });
  const sums = make("div", {
    class: "sums",
    tabindex: "0",
    role: "group",
    "aria-label": say(words.sum),
  });
  const title = make("h4", {}, say(words.row));
  const element = make("div", { class: "row" }, title, asking, scroll, sums);
  let buttons = [],
    columns = [],
    asks = 0;

  /** @param {Head} head */
  function lay_out({ text, D }) {
    buttons = text.map((character, at) => {
      const label = `${at + 1}: ${visible(character)}`;
      const button = make("button", { type: "button", "aria-label": label }, visible(character));
      button.addEventListener("click", () => pick(at));
      return button;
    });
    const heads = buttons.map((button) => make("th", { scope: "col" }, button));
    const labels = { scores: "① q·k", scaled: `② ÷ √${D}`, weights: "③ softmax" };
    const [scores, scaled, weights] = Object.entries(labels).map(([name, label]) =>
      line(name, label, text.length),
    );
    const bars = make(
      "tr",
      { class: "bars", "aria-hidden": "true" },
      make("th"),
      ...text.map(() => make("td", {}, make("i"))),
    );
    columns = text.map((_, at) => ({
      cells: [scores, scaled, weights].map((row) => row.cells[at + 1]),
      bar: /** @type {HTMLElement} */ (bars.cells[at + 1].firstChild),
    }));
    table.replaceChildren(
      make("thead", {}, make("tr", {}, make("td", { class: "corner" }), ...heads)),
      make("tbody", {}, scores, scaled, bars, weights),
    );
  }
  function line(name, label, count) {
    const [number, ...rest] = label;
    const heading = make("th", { scope: "row" }, make("b", {}, number), rest.join(""));
    const cells = Array.from({ length: count }, () => make("td"));
    return make("tr", { class: name }, heading, ...cells);
  }
  /**
   * @param {Head} head
   * @param {number} i
   * @param {number} j
   */
  function draw(head, i, j) {
    asks = i;
    asking.replaceChildren(
      `${say(words.asks)} `,
      make("b", {}, visible(head.text[i])),
      ` (i = ${i + 1}). ${say(words.answers)} `,
      make("b", {}, visible(head.text[j])),
      ` (j = ${j + 1}).`,
    );
    columns.forEach((column, at) => {
      fill(column, head, i * head.T + at, at > i, at === j);
    });
    buttons.forEach((button, at) => {
      button.className = role(at, i, j);
      button.tabIndex = at === i ? 0 : -1;
      button.setAttribute("aria-pressed", String(at === i));
    });
    const about = make("p", {}, make("b", {}, "④ "), say(words.sum));
    sums.replaceChildren(about, ...[0, 1, 2].map((d) => sum(head, i, d)));
    follow(buttons[i].getBoundingClientRect());
  }
  function role(at, i, j) {
    if (at === i) return "asking";
    if (at === j) return "answering";
    return at > i ? "future" : "";
  }
  function fill({ cells, bar }, { scores, scaled, weights }, index, future, chosen) {
    cells[0].textContent = format_number(scores[index], 2);
    cells[1].textContent = future ? "−∞" : format_number(scaled[index], 2);
    cells[2].textContent = future ? "0" : number(weights[index], 2);
    bar.style.height = `${100 * weights[index]}%`;
    for (const cell of [...cells, bar]) {
      cell.classList.toggle("future", future);
      cell.classList.toggle("chosen", chosen);
    }
  }
  function sum(head, i, d) {
    return make(
      "p",
      { class: "sum" },
      "z",
      make("sub", {}, `${i + 1},${d + 1}`),
      ` = ${sum_in_words(head, i, d)} = `,
      make("b", {}, format_number(head.output[i * head.D + d], 3)),
    );
  }
  // Brings the asking character into sight.
  function follow(box) {
    const around = scroll.getBoundingClientRect();
    if (box.right > around.right || box.left < around.left + HEADING)
      scroll.scrollLeft += box.left - around.left - around.width / 2;
  }
  table.addEventListener("keydown", (event) => {
    const last = buttons.length - 1;
    const to = { ArrowLeft: asks - 1, ArrowRight: asks + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    pick(to);
    buttons[asks].focus();
  });
  return { element, lay_out, draw };
}
