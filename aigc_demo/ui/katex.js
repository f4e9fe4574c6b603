// Formulas whose numbers live. katex_formula(address) gives {element, show(...pieces)}: each piece is TeX, set as a whole; on a narrow page they wrap.
let katex_asked = null;
function katex_from(address) {
  const there = (place) => new URL(place, document.baseURI).href;
  if (address?.css) document.head.append(window.aigc.make("link", { rel: "stylesheet", href: there(address.css) }));
  return address?.js ? import(there(address.js)).then((module) => module.default) : Promise.reject(new Error("no KaTeX"));
}
function katex_formula(address, look = "") {
  const { make } = window.aigc;
  const element = make("div", { class: `tex ${look}`, translate: "no" });
  let katex = null, plain = false, pieces = [];
  function set() {
    while (element.children.length > pieces.length) element.lastChild.remove();
    while (element.children.length < pieces.length) element.append(make("span"));
    pieces.forEach((tex, i) => {
      const span = element.children[i];
      if (span.dataset.tex === tex) return;
      span.dataset.tex = tex;
      if (katex) katex.render(tex, span, { displayMode: true, throwOnError: false, strict: false, trust: ({ command }) => command === "\\htmlClass" });
      else span.textContent = tex;
    });
  }
  katex_asked ??= katex_from(address);
  katex_asked.then((found) => (katex = found), () => (plain = true)).then(() => { for (const span of element.children) delete span.dataset.tex; set(); });
  return { element, show: (...now) => { pieces = now; if (katex || plain) set(); } };
}
