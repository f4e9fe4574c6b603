// The text, a position each: what a visitor chose, and what would be drawn differently now.

import { position_of, spelt } from "aigc/text/views/inspect/branches.js";

/** @typedef {import("aigc/text/views/inspect/branches.js").Branch} Branch */

const PATIENCE = 4; // milliseconds of draws at a time, so that the bars need not wait

/**
 * The text as a slider of positions; choose(index) is called when one is clicked.
 * @param {Words} words
 * @param {(index: number) => void} choose
 */
export function text_page(words, choose) {
  const { make, say, visible } = window.aigc;
  const page = make("div", {
    class: "page",
    translate: "no",
    tabindex: "0",
    role: "slider",
    "aria-label": say(words.text),
    "aria-valuemin": 1,
  });
  const note = make("p", { class: "note" });
  let spans = [],
    written = null,
    marking = null;
  page.addEventListener("click", ({ target }) => {
    const span = /** @type {Element} */ (target).closest("[data-at]");
    if (span) choose(spans.indexOf(span));
  });

  /**
   * @param {Branch} branch
   * @param {number} at
   * @param {import("aigc/text/views/inspect/sampling.js").Sampling} sampling
   */
  function draw(branch, at, sampling) {
    write(branch);
    spans.forEach((span, i) => {
      span.classList.toggle("at", i === at);
      span.classList.toggle("later", i > at);
      span.classList.toggle("chosen", branch.chosen.has(i));
    });
    mark(branch, sampling);
    page.setAttribute("aria-valuemax", String(spans.length));
    page.setAttribute("aria-valuenow", String(at + 1));
    page.setAttribute("aria-valuetext", visible(branch.alphabet[branch.tokens[at]]));
    requestAnimationFrame(() => follow(at));
  }
  function write(branch) {
    const whole = `${branch.prompt}\0${spelt(branch)}`;
    if (written === whole) return;
    written = whole;
    spans = branch.tokens.map((token, i) => {
      const text = branch.alphabet[token].replaceAll("\n", "↵\n");
      return make("span", { class: "generated", "data-at": i }, text);
    });
    page.replaceChildren(make("span", { class: "data" }, branch.prompt), ...spans);
  }
  // Marks what would be drawn differently now, after the same text.
  function mark(branch, sampling) {
    const under = JSON.stringify(sampling),
      end = performance.now() + PATIENCE;
    if (branch.under !== under) Object.assign(branch, { under, now: [] });
    const { now, tokens, chosen } = branch;
    while (now.length < tokens.length && performance.now() < end) {
      const { order, rank } = position_of(branch, now.length, sampling);
      now.push(order[rank]);
    }
    const differs = (i) => i < now.length && now[i] !== tokens[i] && !chosen.has(i);
    const count = spans.filter((span, i) => span.classList.toggle("other", differs(i))).length;
    note.textContent = count ? say(words.others, { count, total: spans.length }) : "";
    clearTimeout(marking);
    if (now.length < tokens.length) marking = setTimeout(mark, PATIENCE, branch, sampling);
  }
  function follow(at) {
    const { offsetTop, offsetHeight } = spans[at] ?? page;
    if (offsetTop < page.scrollTop || offsetTop + offsetHeight > page.scrollTop + page.clientHeight)
      page.scrollTop = offsetTop - page.clientHeight / 2;
  }
  return { page, note, draw };
}
