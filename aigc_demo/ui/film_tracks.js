// Which tracks of the films are seen: a button each, where the visitor may choose.

import { columns_of, letters } from "aigc/ui/film_view.js";

/** @import { Film, Track } from "aigc/ui/film_view.js" */

/**
 * Return the places of the tracks that are seen: those wanted, and where none is, the first.
 * @param {Track[]} tracks
 * @param {(track: Track) => boolean} wanted
 */
export function seen_tracks(tracks, wanted) {
  const found = tracks.map((_, i) => i).filter((i) => wanted(tracks[i]));
  return found.length ? found : [0];
}

/**
 * Return how films share the stage: two of at most two tracks each stand beside each other; `rows`
 * of pictures stand above each other in all.
 * @param {number[]} counts of the tracks that are seen, one a film
 */
export function arrangement(counts) {
  const beside = counts.length > 1 && counts.every((count) => count < 3);
  const rows = counts.map((count) => Math.ceil(count / columns_of(count)));
  return { beside, rows: beside ? 1 : rows.reduce((sum, count) => sum + count, 0) };
}

/**
 * Return the buttons of the tracks; changed() is called when one was pressed.
 * @param {Words} words
 * @param {() => void} changed
 */
export function track_choice(words, changed) {
  const { make, say } = window.aigc;
  const element = make("div", { class: "choice", role: "group", "aria-label": say(words.tracks) });
  /** Whether the visitor wants to see a symbol. @type {Map<string, boolean>} */
  const wishes = new Map();
  const wanted = (/** @type {Track} */ track) => wishes.get(track.symbol) ?? track.seen;
  const chosen = (/** @type {Film} */ film) => seen_tracks(film.tracks, wanted);

  function button_of(/** @type {Film} */ film, /** @type {Track} */ track) {
    const title = say(track.title);
    const button = make(
      "button",
      {
        type: "button",
        class: track.color,
        "aria-pressed": wanted(track),
        "aria-label": title,
        title,
      },
      ...letters(track.symbol),
    );
    button.addEventListener("click", () => {
      if (wanted(track) && chosen(film).length === 1) return; // one is always seen
      wishes.set(track.symbol, !wanted(track));
      changed();
      const anew = /** @type {HTMLElement} */ (element.children[film.tracks.indexOf(track)]);
      anew.focus();
    });
    return button;
  }
  function draw(/** @type {Film} */ film) {
    const tracks = film.tracks.some((track) => !track.seen) ? film.tracks : [];
    element.replaceChildren(...tracks.map((track) => button_of(film, track)));
  }
  return { element, chosen, draw };
}
