// Formulas whose numbers live. katex_formula(address) gives {element, show(...pieces)}: each piece
// is TeX, set as a whole; on a narrow page they wrap.
let katex_asked = null;
function katex_from(address) {
  const there = (place) => new URL(place, document.baseURI).href;
  if (address?.css)
    document.head.append(window.aigc.make("link", { rel: "stylesheet", href: there(address.css) }));
  return address?.js
    ? import(there(address.js)).then((module) => module.default)
    : Promise.reject(new Error("no KaTeX"));
}
export function katex_formula(address, look = "") {
  const { make } = window.aigc;
  const element = make("div", { class: `tex ${look}`, translate: "no" });
  let katex = null,
    plain = false,
    pieces = [];
  const trust = ({ command }) => command === "\\htmlClass";
  function set() {
    while (element.children.length > pieces.length) element.lastChild.remove();
    while (element.children.length < pieces.length) element.append(make("span"));
    pieces.forEach((tex, i) => {
      const span = element.children[i];
      if (span.dataset.tex === tex) return;
      span.dataset.tex = tex;
      if (!katex) span.textContent = tex;
      else if (!katex_refill(span, tex))
        katex.render(tex.replace(KATEX_NUMBER, "\\htmlClass{live}{$&}"), span, {
          displayMode: true,
          throwOnError: false,
          strict: false,
          trust,
        });
    });
  }
  katex_asked ??= katex_from(address);
  katex_asked
    .then(
      (found) => (katex = found),
      () => (plain = true),
    )
    .then(() => {
      for (const span of element.children) {
        delete span.dataset.tex;
        delete span.dataset.mould;
      }
      set();
    });
  return {
    element,
    show: (...now) => {
      pieces = now;
      if (katex || plain) set();
    },
  };
}
// Where only the numbers differ from what is set already, they alone are exchanged: typesetting
// would be too slow for a hand that drags.
const KATEX_NUMBER = /\d+\.\d+/g;
function katex_refill(span, tex) {
  const numbers = tex.match(KATEX_NUMBER) ?? [],
    mould = tex.replace(KATEX_NUMBER, "#"),
    known = span.dataset.mould === mould;
  span.dataset.mould = mould;
  if (!known) return false;
  const seen = [...span.querySelectorAll(".live > .mord")],
    read = [...span.querySelectorAll("mn")].filter((each) => each.textContent.includes("."));
  if (seen.length !== numbers.length || read.length !== numbers.length) return false;
  numbers.forEach((number, i) => {
    seen[i].textContent = number;
    read[i].textContent = number;
  });
  span.querySelector("annotation").textContent = tex;
  return true;
}
