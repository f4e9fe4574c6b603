// The glossary's panel: all terms, by families, and a field that looks one up.

import data from "aigc/glossary-data.js";
import { explain, terms, words } from "aigc/ui/glossary_entry.js";
import { entry_of, found_by } from "aigc/ui/glossary_terms.js";

const { make, say, address, language } = window.aigc;

/** @typedef {ReturnType<typeof build>} Panel */

/** @type {Panel | null} */
let panel = null; // made when it is first opened

/** A family's terms, by their names. */
function section_of(family, title) {
  const order = new Intl.Collator(language === "zh" ? "zh-CN-u-co-pinyin" : "en").compare;
  const own = data.terms
    .filter((term) => term.family === family)
    .sort((a, b) => order(a[language][0], b[language][0]));
  const boxes = own.map((term) => ({
    box: make("div", { class: "entry" }, ...explain(term, "dt", close)),
    entry: entry_of(term, language),
  }));
  const heading = make("h3", { id: `glossary-${family}`, tabindex: "-1" }, say(title));
  const list = make("dl", {}, ...boxes.map(({ box }) => box));
  const element = make("section", { "aria-labelledby": heading.id }, heading, list);
  return { element, heading, boxes };
}

/** The buttons that lead to a family. */
function jumps_to(sections, seek) {
  const buttons = sections.map(({ element, heading }) => {
    const jump = make("button", { type: "button" }, heading.textContent);
    jump.addEventListener("click", () => {
      seek("");
      element.scrollIntoView();
      heading.focus({ preventScroll: true });
    });
    return jump;
  });
  return make("nav", { "aria-label": words("families") }, ...buttons);
}

function build() {
  const sections = Object.entries(data.families).map(([family, title]) =>
    section_of(family, title),
  );
  const boxes = sections.flatMap((section) => section.boxes);
  const search = make("input", {
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
  function seek(/** @type {string} */ query) {
    const finds = found_by(
      boxes.map(({ entry }) => entry),
      query,
    );
    for (const [i, { box }] of boxes.entries()) box.hidden = !finds[i];
    for (const { element } of sections)
      element.hidden = !element.querySelector(".entry:not([hidden])");
    const count = finds.filter(Boolean).length;
    found.textContent = words(count ? "found" : "none", { count, query: query.trim() });
    if (search.value !== query) search.value = query;
  }
  search.addEventListener("input", () => seek(search.value));
  leave.addEventListener("click", close);
  const title = make("h2", { id: "glossary-title" }, words("glossary"));
  const list = make("div", { class: "list" }, ...sections.map(({ element }) => element));
  const dialog = make(
    "dialog",
    { id: "glossary", class: "glossed", "aria-labelledby": "glossary-title" },
    make("header", {}, title, search, leave, found, jumps_to(sections, seek)),
    list,
  );
  // a press beside it
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener("close", () => address("term", null));
  document.querySelector(".gradio-container .contain").append(dialog);
  return { dialog, list, search, seek };
}

function close() {
  panel.dialog.close();
}

/**
 * Open the panel, at a term where one is asked for; what is no term is looked up.
 * @param {string} [asked]
 */
export function open(asked = "") {
  panel ??= build();
  const { dialog, list, search, seek } = panel;
  if (!dialog.open) dialog.showModal();
  const known = terms.has(asked);
  seek(known ? "" : asked);
  dialog.querySelector(".asked")?.classList.remove("asked");
  if (!known) {
    list.scrollTop = 0;
    return search.focus();
  }
  /** @type {HTMLElement} */
  const name = dialog.querySelector(`[data-term="${asked}"]`);
  name.parentElement.classList.add("asked");
  name.parentElement.scrollIntoView({ block: "center" });
  name.focus({ preventScroll: true });
  address("term", asked);
}
