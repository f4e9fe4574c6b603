// The table under a film: what is known of the frame that is shown; of two films a row each.

import { letters } from "aigc/ui/film_view.js";

/** @import { Film, FilmView } from "aigc/ui/film_view.js" */

/**
 * Return the table, and what fills it.
 * @returns {{
 *   element: HTMLTableElement,
 *   draw: (film: Film, film_views: FilmView[], share: number) => void,
 * }}
 */
export function film_numbers() {
  const { make, say } = window.aigc;
  const element = make("table", { class: "numbers" });
  function draw(/** @type {Film} */ film, /** @type {FilmView[]} */ film_views, share) {
    const shown = film.numbers.length ? film_views.filter((each) => each.film.numbers.length) : [];
    const named = shown.length > 1;
    const head = film.numbers.map(({ symbol, title }) =>
      make("th", { scope: "col" }, make("b", {}, ...letters(symbol)), say(title)),
    );
    const rows = shown.map(({ film, frame }) =>
      make(
        "tr",
        {},
        ...(named ? [make("th", { scope: "row", translate: "no" }, say(film.label))] : []),
        ...film.numbers.map(({ values }) => make("td", {}, values[frame(share)])),
      ),
    );
    element.hidden = !shown.length;
    element.replaceChildren(
      make("thead", {}, make("tr", {}, ...(named ? [make("td")] : []), ...head)),
      make("tbody", {}, ...rows),
    );
  }
  return { element, draw };
}
