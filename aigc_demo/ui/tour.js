// The guided tour: at each stop its place is opened, what to press there is ringed, and the bar
// says what is seen. The address follows. Arrow keys go back and on, and so do the Page keys, which
// a speaker's clicker sends; Escape leaves.

export default function mount({ element, props }) {
  const { address, asked, make, say, shown, visit } = window.aigc;
  const { stops, words } = props,
    told = (word) => say(words[word]);
  // milliseconds until a view that opens for the first time has what is to be ringed
  const LONGEST = 15000;
  // where the Page keys are at home; a clicker's must go on after a slider was moved
  const PAGED = "textarea, dialog *";
  const SPARED = `input, select, [contenteditable], [popover] *, ${PAGED}`; // and the arrows
  let at = -1,
    ringed = null;

  const bar = element.querySelector(".drawing");
  const press = (name, text, act, attributes = {}) => {
    const button = make("button", { type: "button", class: name, ...attributes }, text);
    button.addEventListener("click", act);
    return button;
  };
  const title = make("h2"),
    said = make("p", { class: "said" }),
    hint = make("p", { class: "try" });
  const count = make("span", { class: "count" }),
    dots = make("div", { class: "dots", "aria-hidden": "true" }, ...stops.map(() => make("i")));
  const back = press("back", `‹ ${told("back")}`, () => go(at - 1)),
    next = press("next", "", () => go(at + 1));
  const fold = press("fold", "", () => folded(!bar.classList.contains("folded")));
  const leave = press("leave", "×", end, { "aria-label": told("leave") });
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", told("name"));
  bar.hidden = true;
  bar.append(
    make("div", { class: "where" }, count, dots, make("span", { class: "keys" }, told("keys"))),
    make("div", { class: "telling", "aria-live": "polite" }, title, said, hint),
    make("div", { class: "turns" }, back, next, fold, leave),
  );
  folded(false);

  function folded(now) {
    bar.classList.toggle("folded", now);
    fold.textContent = now ? "▴" : "▾";
    fold.setAttribute("aria-label", told(now ? "unfold" : "fold"));
  }
  function go(to) {
    if (to >= stops.length) return end();
    const stop = Math.max(0, to),
      replace = asked("tour") === String(stop + 1); // where an address begins is no new entry
    visit(stops[stop].place, { tour: stop + 1, replace });
    describe(stop);
    next.focus({ preventScroll: true });
  }
  function describe(stop) {
    at = stop;
    const { name, place, look } = stops[at];
    bar.hidden = false;
    document.documentElement.classList.add("touring");
    count.textContent = `${at + 1} / ${stops.length}`;
    [...dots.children].forEach((dot, index) => dot.classList.toggle("past", index <= at));
    [title.textContent, said.textContent, hint.textContent] = ["title", "said", "try"].map((part) =>
      told(`${part}_${name}`),
    );
    back.disabled = at === 0;
    next.textContent = at + 1 < stops.length ? `${told("next")} ›` : told("end");
    ring(at, `#view-${place.replace("/", "-")} :is(${look})`, Date.now());
  }
  // Rings what the stop points at, as soon as it is there.
  function ring(stop, selector, since) {
    ringed?.classList.remove("pointed");
    if (stop !== at || Date.now() - since > LONGEST) return;
    ringed = [...document.querySelectorAll(selector)].find((found) => shown(found)) ?? null;
    if (!ringed) return setTimeout(() => ring(stop, selector, since), 200);
    ringed.classList.add("pointed");
    const { top, bottom } = ringed.getBoundingClientRect(),
      above = bar.getBoundingClientRect().top;
    if (top < 0 || bottom > above) ringed.scrollIntoView({ block: "center" });
  }
  function end() {
    away();
    address("tour", null);
    document.getElementById("tour-button")?.focus();
  }
  function away() {
    at = -1;
    ringed?.classList.remove("pointed");
    bar.hidden = true;
    document.documentElement.classList.remove("touring");
  }
  document.addEventListener("keydown", (event) => {
    const turn = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (
      at < 0 ||
      event.defaultPrevented ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      event.shiftKey
    )
      return;
    if (event.target.matches?.(event.key.startsWith("Page") ? PAGED : SPARED)) return;
    if (event.key === "Escape") return end();
    if (!turn) return;
    event.preventDefault();
    go(at + turn);
  });
  window.aigc.tour = () => go(0);
  // The stop that the address names, counted from 0; -1 for none. What it names in vain the page
  // explains.
  const named = () => stops.findIndex((_, stop) => asked("tour") === String(stop + 1));
  addEventListener("popstate", () => {
    // the place itself is open by now
    if (named() < 0) away();
    else if (named() !== at) describe(named());
  });
  if (named() >= 0) go(named());
}
