// The glossary: a panel of all terms; and in the pages' prose the first occurrence of a term is a
// link to a card that explains it.
// data: see glossary.py's module().

import data from "aigc/glossary-data.js";

const { make, say, address, visit, shown, language } = window.aigc,
  other = { en: "zh", zh: "en" }[language];
const words = (key, values) => say(data.words[key], values);
const terms = new Map(data.terms.map((term) => [term.key, term]));
const by_form = new Map(
  data.terms.flatMap((term) => term[language][2].map((form) => [form.toLowerCase(), term])),
);
const pattern = new RegExp(data.patterns[language], "gi");

// A term's name, in the other language too; what it means; and the button that leads to it.
function explain({ key, place, [language]: [name, meaning], [other]: [foreign] }, titled, leave) {
  const leads = words("see", { place: say(data.places[place]) });
  const see = make(
    "button",
    { type: "button", class: "see link", "aria-label": `${leads} (${name})` },
    leads,
  );
  see.addEventListener("click", () => {
    leave();
    address("term", null);
    visit(place);
  });
  const also = make(
    "span",
    { class: "foreign", lang: { en: "en", zh: "zh-CN" }[other], translate: "no" },
    foreign,
  );
  const heading = make(
    titled,
    { class: "name", "data-term": key, tabindex: "-1" },
    make("b", {}, name),
    ...(foreign === name ? [] : [" ", also]),
  );
  return [heading, make(titled === "dt" ? "dd" : "div", {}, make("p", {}, meaning), see)];
}

// The panel.
let panel = null,
  search = null,
  entries = [];
function build() {
  const order = new Intl.Collator(language === "zh" ? "zh-CN-u-co-pinyin" : "en").compare;
  const sections = Object.entries(data.families).map(([family, title]) => {
    const own = data.terms
      .filter((term) => term.family === family)
      .sort((a, b) => order(a[language][0], b[language][0]));
    const boxes = own.map((term) => {
      const box = make("div", { class: "entry" }, ...explain(term, "dt", () => close()));
      const names = [term.en[0], ...term.en[2], term.zh[0], ...term.zh[2]].join("\n");
      entries.push({ box, names: names.toLowerCase(), meaning: term[language][1].toLowerCase() });
      return box;
    });
    const heading = make("h3", { id: `glossary-${family}`, tabindex: "-1" }, say(title));
    return make("section", { "aria-labelledby": heading.id }, heading, make("dl", {}, ...boxes));
  });
  search = make("input", {
    type: "search",
    "aria-label": words("search"),
    placeholder: words("search"),
    autocomplete: "off",
    spellcheck: "false",
  });
  const found = make("p", { class: "found", role: "status" });
  const leave = make(
    "button",
    { type: "button", class: "close", "aria-label": words("close") },
    "×",
  );
  const jumps = make(
    "nav",
    { "aria-label": words("families") },
    ...sections.map((section) => {
      const jump = make("button", { type: "button" }, section.querySelector("h3").textContent);
      jump.addEventListener("click", () => {
        seek("");
        section.scrollIntoView();
        section.querySelector("h3").focus({ preventScroll: true });
      });
      return jump;
    }),
  );
  const seek = (query) => {
    // by the names; where none fits, by the meanings
    const sought = query.trim().toLowerCase(),
      named = entries.some(({ names }) => names.includes(sought));
    for (const { box, names, meaning } of entries)
      box.hidden = !(named ? names : meaning).includes(sought);
    for (const section of sections) section.hidden = !section.querySelector(".entry:not([hidden])");
    const left = entries.filter(({ box }) => !box.hidden).length;
    found.textContent = words(left ? "found" : "none", { count: left, query: query.trim() });
    if (search.value !== query) search.value = query;
  };
  search.addEventListener("input", () => seek(search.value));
  leave.addEventListener("click", () => close());
  panel = make(
    "dialog",
    { id: "glossary", class: "glossed", "aria-labelledby": "glossary-title" },
    make(
      "header",
      {},
      make("h2", { id: "glossary-title" }, words("glossary")),
      search,
      leave,
      found,
      jumps,
    ),
    make("div", { class: "list" }, ...sections),
  );
  panel.addEventListener("click", (event) => {
    if (event.target === panel) close();
  }); // beside it
  panel.addEventListener("close", () => address("term", null));
  panel.seek = seek;
  document.querySelector(".gradio-container .contain").append(panel);
}
// Opens the panel, at a term where one is asked for; what is no term is looked up.
export function open(asked = "") {
  if (!panel) build();
  if (!panel.open) panel.showModal();
  const known = terms.has(asked);
  panel.seek(known ? "" : asked);
  panel.querySelector(".asked")?.classList.remove("asked");
  if (!known) {
    panel.querySelector(".list").scrollTop = 0;
    return search.focus();
  }
  const name = panel.querySelector(`[data-term="${asked}"]`);
  name.parentElement.classList.add("asked");
  name.parentElement.scrollIntoView({ block: "center" });
  name.focus({ preventScroll: true });
  address("term", asked);
}
const close = () => panel.close();

// The card beside a word.
const POPS = HTMLElement.prototype.showPopover && HTMLElement.prototype.hidePopover;
let card = null,
  word = null,
  stands = 0,
  open_card = false;
function show(link) {
  const term = terms.get(link.dataset.term);
  if (!card) {
    card = make("div", {
      id: "term-card",
      class: "glossed",
      role: "dialog",
      "aria-labelledby": "term-card-name",
    });
    card.addEventListener("beforetoggle", (event) => event.newState === "closed" && fold());
    pop_up(card);
    card.addEventListener("keydown", (event) => {
      // past its last button, or before its first, one is back at the word
      const buttons = [...card.querySelectorAll("button")];
      if (event.key !== "Tab" || document.activeElement !== buttons.at(event.shiftKey ? 0 : -1))
        return;
      event.preventDefault();
      hide();
      word.focus();
    });
    document.addEventListener(
      "scroll",
      () => Math.abs(word.getClientRects()[0]?.top - stands) < 2 || hide(),
      { capture: true, passive: true },
    );
  }
  const whole = make("button", { type: "button", class: "whole link" }, words("whole"));
  whole.addEventListener("click", () => {
    hide();
    word.focus();
    open(term.key);
  });
  card.replaceChildren(...explain(term, "div", hide));
  card.lastElementChild.append(whole);
  card.firstElementChild.id = "term-card-name";
  hide();
  word = link;
  link.setAttribute("aria-expanded", "true");
  if (POPS) card.showPopover();
  else card.hidden = false;
  open_card = true;
  const at = link.getClientRects()[0],
    room = innerHeight - at.bottom - 8;
  card.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 8))}px`;
  card.style.top = `${room >= card.offsetHeight ? at.bottom + 6 : Math.max(8, at.top - card.offsetHeight - 6)}px`;
  card.querySelector(".see").focus({ preventScroll: true });
  stands = at.top;
}
const fold = () => {
  open_card = false;
  word?.setAttribute("aria-expanded", "false");
};
function hide() {
  if (!open_card) return;
  if (POPS) return card.hidePopover();
  card.hidden = true;
  fold();
}
// Without popovers of the browser's own the card is hidden by hand: by Escape, and by a press
// beside it.
function pop_up(box) {
  if (POPS) box.popover = "auto";
  else {
    box.hidden = true;
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && open_card) {
        hide();
        word.focus();
      }
    });
    document.addEventListener("pointerdown", (event) => box.contains(event.target) || hide());
  }
  document.querySelector(".gradio-container .contain").append(box);
}

// The links. Prose is what describes; what visitors and models write, formulas, buttons, headings,
// and what is told while it changes are not.
const PROSE = ".info-text, .prose p, .prose li, .drawing dt, .drawing figcaption";
// a control's name: linked as a whole, and where it begins with a term, for Gradio holds its text
const LABEL = "[data-testid=block-info]";
const LEFT_OUT =
  "a, button, code, em, h1, h2, h3, h4, pre, svg, table, textarea, .katex, .formula, .waking, " +
  `[aria-live], [role=button], [role=option], [role=status], [translate=no], .${other}`;
const linked = new WeakSet(); // what changes afterwards is not linked again: it would flicker
// What a scope, a view or a guide, may have linked: the words that are seen in its prose, each as
// [text node, match]. In a box of flexible parts a link would be a part of its own, and move what
// stands beside it.
function* words_of(scope) {
  for (const block of scope.querySelectorAll(`${PROSE}, ${LABEL}`)) {
    if (
      linked.has(block) ||
      block.textContent.search(pattern) < 0 ||
      block.closest(LEFT_OUT) ||
      !shown(block)
    )
      continue;
    const walker = document.createTreeWalker(
      block,
      NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
      (node) =>
        node.nodeType === Node.TEXT_NODE
          ? NodeFilter.FILTER_ACCEPT
          : node.matches(LEFT_OUT)
            ? NodeFilter.FILTER_REJECT
            : NodeFilter.FILTER_SKIP,
    );
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const matches = [...text.data.matchAll(pattern)].filter(
        ({ index }) => !block.matches(LABEL) || index === text.data.search(/\S/),
      );
      if (matches.length && !/flex|grid/.test(getComputedStyle(text.parentElement).display))
        yield* matches.map((match) => [block, text, match]);
    }
  }
}
function place_of(scope) {
  const tab = scope.closest("[id^=tab-]").id.slice("tab-".length);
  return [
    tab,
    scope.matches(".guide") ? `${tab}/guide` : scope.id.slice("view-".length).replace("-", "/"),
  ];
}
// The first occurrence of each term that the scope does not yet link.
function firsts_of(scope) {
  const place = place_of(scope),
    here = (places) => places?.some((each) => place.includes(each));
  const taken = new Set([...scope.querySelectorAll("a.term")].map((link) => link.dataset.term));
  return [...words_of(scope)]
    .map(([block, text, match]) => ({
      block,
      text,
      match,
      term: by_form.get(match[0].toLowerCase()),
    }))
    .filter(
      ({ term: { key, only, never } }) =>
        (!only || here(only)) && !here(never) && !taken.has(key) && taken.add(key),
    ); // a set: true
}
function wrap(text, index, form, key) {
  const whole = text.parentElement.matches(LABEL),
    word = whole ? text : text.splitText(index);
  if (!whole) word.splitText(form.length);
  const name =
    language === "zh" && /^[\x20-\x7e]+$/.test(word.data) ? { lang: "en", translate: "no" } : {};
  const link = make("a", {
    class: "term",
    href: `?term=${key}`,
    "data-term": key,
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    ...name,
  });
  word.replaceWith(link);
  link.append(word);
}
function link() {
  const start = performance.now();
  const scopes = [...document.querySelectorAll("[role=tabpanel][id^=view-], .guide")].filter(
    (scope) => shown(scope),
  );
  // first all is looked at, then all is changed: the browser works the style out once
  const found = scopes.flatMap(firsts_of);
  for (const { block, text, match, term } of found.reverse()) {
    // from the end: what stands before a link stays where it is
    wrap(text, match.index, match[0], term.key);
    linked.add(block);
  }
  performance.clearMeasures("glossary");
  performance.measure("glossary", { start }); // how long the last one took
  observer.takeRecords(); // of its own links
}

let waiting = false;
function soon() {
  // when nothing else is to do, and just after a frame: what is seen, and what not, is then worked
  // out already
  if (waiting) return;
  waiting = true;
  const run = () => {
    waiting = false;
    link();
  };
  setTimeout(
    () =>
      (window.requestIdleCallback ?? setTimeout)(
        () => requestAnimationFrame(() => setTimeout(run)),
        { timeout: 1000 },
      ),
    300,
  );
}
const observer = new MutationObserver(soon);
observer.observe(document, { childList: true, subtree: true });
document.addEventListener("click", (event) => {
  soon(); // a tab or a shelf that is opened may only have been hidden
  const link = event.target.closest?.("a.term");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyG") return;
  event.preventDefault();
  open();
});
export function arrive() {
  const asked = window.aigc.asked("term");
  if (asked === null) return;
  document.getElementById("glossary-button").focus(); // where one is when it is closed
  open(asked);
}
