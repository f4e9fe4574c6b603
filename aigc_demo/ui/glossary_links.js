// The links on the pages' words: in the prose of each view and guide, the first occurrence of a
// term.

import data from "aigc/glossary-data.js";
import { other_language } from "aigc/ui/glossary_entry.js";
import { by_forms, first_finds, place_of } from "aigc/ui/glossary_terms.js";

const { make, shown, language } = window.aigc;

// Prose is what describes; what visitors and models write, formulas, buttons, headings, and what is
// told while it changes are not.
const PROSE = ".info-text, .prose p, .prose li, .drawing dt, .drawing figcaption";
// a control's name: linked as a whole, and where it begins with a term, for Gradio holds its text
const LABEL = "[data-testid=block-info]";
const LEFT_OUT =
  "a, button, code, em, h1, h2, h3, h4, pre, svg, table, textarea, .katex, .formula, .waking, " +
  `[aria-live], [role=button], [role=option], [role=status], [translate=no], .${other_language}`;

const forms = by_forms(data.terms, language);
const pattern = new RegExp(data.patterns[language], "gi");
const linked = new WeakSet(); // what changes afterwards is not linked again: it would flicker

/** A term that was found in a text.
 * @typedef {object} Find
 * @property {Element} block of prose
 * @property {Text} text
 * @property {number} index of the term in the text
 * @property {string} form
 * @property {import("aigc/ui/glossary_terms.js").Term} term
 */

/** Return the texts of a block that may hold links. In a box of flexible parts a link would be a
 * part of its own, and move what stands beside it. */
function* texts_of(block) {
  const accept = (node) => {
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
    return node.matches(LEFT_OUT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  };
  const walker = document.createTreeWalker(
    block,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    accept,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = /** @type {Text} */ (node);
    if (text.data.search(pattern) < 0) continue;
    if (!/flex|grid/.test(getComputedStyle(text.parentElement).display)) yield text;
  }
}

/**
 * Yield the terms that are seen in a scope's prose, a view's or a guide's.
 * @param {Element} scope
 * @returns {Generator<Find>}
 */
function* finds_in(scope) {
  const blocks = [...scope.querySelectorAll(`${PROSE}, ${LABEL}`)].filter(
    (block) =>
      !linked.has(block) &&
      block.textContent.search(pattern) >= 0 &&
      !block.closest(LEFT_OUT) &&
      shown(block),
  );
  for (const block of blocks)
    for (const text of texts_of(block))
      for (const { 0: form, index } of text.data.matchAll(pattern))
        if (!block.matches(LABEL) || index === text.data.search(/\S/))
          yield { block, text, index, form, term: forms.get(form.toLowerCase()) };
}

/** Return the first occurrence of each term that the scope does not yet link. */
function firsts_in(scope) {
  const tab = scope.closest("[id^=tab-]").id.slice("tab-".length);
  const place = place_of(tab, scope.matches(".guide") ? null : scope.id);
  const links = [...scope.querySelectorAll("a.term")];
  return first_finds(
    [...finds_in(scope)],
    place,
    links.map((link) => link.dataset.term),
  );
}

function wrap(/** @type {Find} */ { text, index, form, term }) {
  const whole = text.parentElement.matches(LABEL),
    word = whole ? text : text.splitText(index);
  if (!whole) word.splitText(form.length);
  const foreign = language === "zh" && /^[\x20-\x7e]+$/.test(word.data);
  const link = make("a", {
    class: "term",
    href: `?term=${term.key}`,
    "data-term": term.key,
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    ...(foreign ? { lang: "en", translate: "no" } : {}),
  });
  word.replaceWith(link);
  link.append(word);
}

/** Link what is seen of the page and not yet linked. */
export function link_terms() {
  const start = performance.now();
  const scopes = [...document.querySelectorAll("[role=tabpanel][id^=view-], .guide")].filter(
    (scope) => shown(scope),
  );
  // first all is looked at, then all is changed: the browser works the style out once
  const found = scopes.flatMap(firsts_in);
  // from the end: what stands before a link stays where it is
  for (const find of found.reverse()) {
    wrap(find);
    linked.add(find.block);
  }
  performance.clearMeasures("glossary");
  performance.measure("glossary", { start }); // how long the last one took
}
