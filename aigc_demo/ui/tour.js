// The guided tour: at each stop its place is opened, what to press there is ringed, and the bar
// says what is seen. The address follows. Arrow keys go back and on, and so do the Page keys, which
// a speaker's clicker sends; Escape leaves.

const PATIENCE = 15_000; // milliseconds until a view that opens has what is to be ringed
// where the Page keys are at home; a clicker's must go on after a slider was moved
const PAGED = "textarea, dialog *";
const SPARED = `input, select, [contenteditable], [popover] *, ${PAGED}`; // and the arrows
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** Where the tour stops: its texts' name, the place, "tab/view", and what is ringed there.
 * @typedef {{name: string, place: string, look: string}} Stop
 */

/** The tour's bar; go(by) is called with the step, -1 or 1. */
function bar_of(bar, stops, words, { go, end }) {
  const { make, say } = window.aigc;
  const text = (word) => say(words[word]);
  const press = (name, label, act, attributes = {}) => {
    const button = make("button", { type: "button", class: name, ...attributes }, label);
    button.addEventListener("click", act);
    return button;
  };
  const title = make("h2"),
    said = make("p", { class: "said" }),
    hint = make("p", { class: "try" });
  const count = make("span", { class: "count" }),
    dots = make("div", { class: "dots", "aria-hidden": "true" }, ...stops.map(() => make("i")));
  const back = press("back", `‹ ${text("back")}`, () => go(-1)),
    next = press("next", "", () => go(1));
  const fold = press("fold", "", () => set_folded(!bar.classList.contains("folded")));
  const leave = press("leave", "×", end, { "aria-label": text("leave") });
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", text("name"));
  bar.hidden = true;
  bar.append(
    make("div", { class: "where" }, count, dots, make("span", { class: "keys" }, text("keys"))),
    make("div", { class: "telling", "aria-live": "polite" }, title, said, hint),
    make("div", { class: "turns" }, back, next, fold, leave),
  );
  set_folded(false);

  function set_folded(now) {
    bar.classList.toggle("folded", now);
    fold.textContent = now ? "▴" : "▾";
    fold.setAttribute("aria-label", text(now ? "unfold" : "fold"));
  }
  function describe(at) {
    const { name } = stops[at];
    bar.hidden = false;
    count.textContent = `${at + 1} / ${stops.length}`;
    for (const [i, dot] of [...dots.children].entries()) dot.classList.toggle("past", i <= at);
    title.textContent = text(`title_${name}`);
    said.textContent = text(`said_${name}`);
    hint.textContent = text(`try_${name}`);
    back.disabled = at === 0;
    next.textContent = at + 1 < stops.length ? `${text("next")} ›` : text("end");
  }
  return { describe, next };
}

/** @param {Given<null>} given props.stops: the stops of tour.py */
export default function mount({ element, props }) {
  const { address, asked, shown, visit } = window.aigc;
  /** @type {Stop[]} */
  const stops = props.stops;
  let at = -1;
  /** @type {Element | null} */
  let ringed = null;
  /** @type {HTMLElement} */
  const bar = element.querySelector(".drawing");
  const { describe, next } = bar_of(bar, stops, props.words, { go: (by) => go(at + by), end });

  function go(to) {
    if (to >= stops.length) return end();
    const stop = Math.max(0, to),
      replace = asked("tour") === String(stop + 1); // where an address begins is no new entry
    visit(stops[stop].place, { tour: stop + 1, replace });
    open(stop);
    next.focus({ preventScroll: true });
  }
  function open(stop) {
    at = stop;
    document.documentElement.classList.add("touring");
    describe(at);
    const { place, look } = stops[at];
    ring(at, `#view-${place.replace("/", "-")} :is(${look})`, Date.now());
  }
  /** Ring what the stop points at, as soon as it is there. */
  function ring(stop, selector, since) {
    ringed?.classList.remove("pointed");
    if (stop !== at || Date.now() - since > PATIENCE) return;
    ringed = [...document.querySelectorAll(selector)].find((found) => shown(found)) ?? null;
    if (!ringed) return void setTimeout(() => ring(stop, selector, since), 200);
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
    const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
    if (at < 0 || event.defaultPrevented || ctrlKey || altKey || metaKey || shiftKey) return;
    const target = /** @type {Partial<Element>} */ (event.target); // the document is no element
    if (target.matches?.(key.startsWith("Page") ? PAGED : SPARED)) return;
    if (key === "Escape") return end();
    const by = STEPS[key];
    if (!by) return;
    event.preventDefault();
    go(at + by);
  });
  window.aigc.tour = () => go(0);
  // The stop that the address names, counted from 0; -1 for none. What it names in vain the page
  // explains.
  const named = () => stops.findIndex((_, stop) => asked("tour") === String(stop + 1));
  addEventListener("popstate", () => {
    // the place itself is open by now
    if (named() < 0) away();
    else if (named() !== at) open(named());
  });
  if (named() >= 0) go(named());
  else if (window.aigc.wants_tour) go(0);
}
