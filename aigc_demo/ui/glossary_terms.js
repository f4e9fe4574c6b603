// The glossary's terms: which are found in a text, and which of them are looked for in the panel.

/** A term as one language has it: its name, what it means, and the forms under which pages hold it.
 * @typedef {[name: string, meaning: string, forms: string[]]} Wording
 */
/** What glossary.py tells of a term.
 * @typedef {object} Term
 * @property {string} key
 * @property {string} family
 * @property {string} place where it can be seen, "tab/view"
 * @property {string[] | null} only places where alone it is linked
 * @property {string[] | null} never places where it is not
 * @property {Wording} en
 * @property {Wording} zh
 */
/** What a box of the panel is found by.
 * @typedef {{names: string, meaning: string}} Entry
 */

/**
 * Return the terms by their forms, in small letters.
 * @param {Term[]} terms
 * @param {"en" | "zh"} language
 * @returns {Map<string, Term>}
 */
export function by_forms(terms, language) {
  return new Map(
    terms.flatMap((term) => term[language][2].map((form) => [form.toLowerCase(), term])),
  );
}

/**
 * Return whether a term may be linked at a place: a tab, "tab", and a view of it, "tab/view".
 * @param {Pick<Term, "only" | "never">} term
 * @param {string[]} place
 */
export function may_be_linked({ only, never }, place) {
  const here = (places) => Boolean(places?.some((each) => place.includes(each)));
  return (!only || here(only)) && !here(never);
}

/**
 * Return the first of each term's finds that may be linked at a place.
 * @template {{term: Term}} Find
 * @param {Find[]} finds in the order of the page
 * @param {string[]} place
 * @param {Iterable<string>} linked the keys of the terms that are linked there already
 * @returns {Find[]}
 */
export function first_finds(finds, place, linked) {
  const taken = new Set(linked);
  return finds.filter(({ term }) => {
    if (!may_be_linked(term, place) || taken.has(term.key)) return false;
    taken.add(term.key);
    return true;
  });
}

/**
 * Return what a term is found by in the panel: by its names in both languages, or by its meaning.
 * @param {Term} term
 * @param {"en" | "zh"} language
 * @returns {Entry}
 */
export function entry_of(term, language) {
  const { en, zh } = term;
  const names = [en[0], ...en[2], zh[0], ...zh[2]].join("\n");
  const [, meaning] = term[language];
  return { names: names.toLowerCase(), meaning: meaning.toLowerCase() };
}

/**
 * Return for each entry whether a query finds it: by the names; where none fits, by the meanings.
 * @param {Entry[]} entries
 * @param {string} query
 */
export function found_by(entries, query) {
  const sought = query.trim().toLowerCase();
  const named = entries.some(({ names }) => names.includes(sought));
  return entries.map(({ names, meaning }) => (named ? names : meaning).includes(sought));
}

/**
 * Return the name and the place of a scope, a view or a guide, by its tab's and its own id.
 * @param {string} tab
 * @param {string | null} view the scope's id, "view-tab-view"; null for the tab's guide
 * @returns {[tab: string, place: string]}
 */
export function place_of(tab, view) {
  return [tab, view === null ? `${tab}/guide` : view.slice("view-".length).replace("-", "/")];
}
