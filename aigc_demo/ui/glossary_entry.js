// What is said of a term, in the glossary's panel and on the card beside a word.

import data from "aigc/glossary-data.js";

const { make, say, address, visit, language } = window.aigc;
/** @type {"en" | "zh"} */
const OTHER = language === "en" ? "zh" : "en";

/** The language in which the page is not. */
export const other_language = OTHER;

/** The terms by their keys. */
export const terms = new Map(data.terms.map((term) => [term.key, term]));

/**
 * Return one of the glossary's own words, its {fields} filled.
 * @param {string} key
 * @param {Values} [values]
 */
export const words = (key, values) => say(data.words[key], values);

/**
 * Return a term's name, in the other language too; what it means; and the button that leads to it.
 * @param {import("aigc/ui/glossary_terms.js").Term} term
 * @param {"dt" | "div"} titled what the name stands in
 * @param {() => void} leave called before it leads there
 */
export function explain(term, titled, leave) {
  const { key, place } = term;
  const [name, meaning] = term[language],
    [foreign] = term[OTHER];
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
    { class: "foreign", lang: { en: "en", zh: "zh-CN" }[OTHER], translate: "no" },
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
