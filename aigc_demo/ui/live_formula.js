// Formulas whose numbers live: where only the numbers differ from what is set already, they alone
// are exchanged, for typesetting would be too slow for a hand that drags.

const NUMBER = /\d+\.\d+/g;

/** Where KaTeX is served. @typedef {{js: string, css: string}} Address */

let asked = null; // KaTeX, once for all formulas

/**
 * Return a formula without its numbers, and these.
 * @param {string} tex
 */
export function parts_of(tex) {
  return { template: tex.replace(NUMBER, "#"), numbers: tex.match(NUMBER) ?? [] };
}

/**
 * Return a formula whose numbers can be found again when it is set.
 * @param {string} tex
 */
export const with_marked_numbers = (tex) => tex.replace(NUMBER, "\\htmlClass{live}{$&}");

function katex_from(/** @type {Address} */ address) {
  const there = (place) => new URL(place, document.baseURI).href;
  if (address?.css)
    document.head.append(window.aigc.make("link", { rel: "stylesheet", href: there(address.css) }));
  return address?.js
    ? import(there(address.js)).then((module) => module.default)
    : Promise.reject(new Error("no KaTeX"));
}

/** Exchange the numbers of a formula that is set already; say whether that was all. */
function refill(span, tex) {
  const { template, numbers } = parts_of(tex);
  const known = span.dataset.template === template;
  span.dataset.template = template;
  if (!known) return false;
  const seen = [...span.querySelectorAll(".live > .mord")],
    read = [...span.querySelectorAll("mn")].filter((each) => each.textContent.includes("."));
  if (seen.length !== numbers.length || read.length !== numbers.length) return false;
  for (const [i, number] of numbers.entries()) {
    seen[i].textContent = number;
    read[i].textContent = number;
  }
  span.querySelector("annotation").textContent = tex;
  return true;
}

/**
 * Return an element, and what shows pieces in it: each is TeX, set as a whole; on a narrow page
 * they wrap. Without KaTeX their source is shown.
 * @param {Address} address
 * @param {string} look a class
 */
export function live_formula(address, look = "") {
  const { make } = window.aigc;
  const element = make("div", { class: `tex ${look}`, translate: "no" });
  let katex = null,
    plain = false;
  /** @type {string[]} */
  let pieces = [];
  const options = {
    displayMode: true,
    throwOnError: false,
    strict: false,
    trust: ({ command }) => command === "\\htmlClass",
  };
  const spans = () => /** @type {HTMLElement[]} */ ([...element.children]);
  function set() {
    while (element.children.length > pieces.length) element.lastChild.remove();
    while (element.children.length < pieces.length) element.append(make("span"));
    for (const [i, span] of spans().entries()) {
      const tex = pieces[i];
      if (span.dataset.tex === tex) continue;
      span.dataset.tex = tex;
      if (!katex) span.textContent = tex;
      else if (!refill(span, tex)) katex.render(with_marked_numbers(tex), span, options);
    }
  }
  asked ??= katex_from(address);
  asked
    .then(
      (found) => {
        katex = found;
      },
      () => {
        plain = true;
      },
    )
    .then(() => {
      for (const span of spans()) {
        delete span.dataset.tex;
        delete span.dataset.template;
      }
      set();
    });
  /** @type {(...now: string[]) => void} */
  const show = (...now) => {
    pieces = now;
    if (katex || plain) set();
  };
  return { element, show };
}
