// Films: pictures computed once, played here; one film that was kept and the next on one clock.
// The arrow keys step, space plays.

import { film_curve } from "aigc/ui/film_curve.js";
import { film_files, share_of } from "aigc/ui/film_files.js";
import { film_numbers } from "aigc/ui/film_numbers.js";
import { arrangement, track_choice } from "aigc/ui/film_tracks.js";
import { film_view } from "aigc/ui/film_view.js";
import { playback_controls } from "aigc/ui/playback_controls.js";

/** @import { Film, FilmView } from "aigc/ui/film_view.js" */

/** Draw the player's own box, and return it. */
function stage_of(element, words) {
  const { say } = window.aigc;
  const root = element.querySelector(".drawing");
  root.className = "drawing player";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.film));
  return root;
}

/** @param {Given<Film>} given */
export default function mount({ element, props, watch }) {
  const { make, say, still } = window.aigc;
  const words = props.words;
  const root = stage_of(element, words);

  const stage = make("div", { class: "films" }, make("p", { class: "waking" }, say(words.waking)));
  const chart = make("div", { class: "chart" });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const numbers = film_numbers();
  const choice = track_choice(words, () => {
    draw_films();
    show(bar.frame());
  });
  const bar = playback_controls(root, words, show);
  const files = film_files(root, () => ({
    name: film.name,
    film_views,
    frames,
    frame: bar.frame(),
    period: bar.period(),
  }));
  bar.button("⤓", "save", () => film && files.save_frame());
  const slow = [
    bar.button("WebP", "save_film", () => save(save_animation)),
    bar.button("ZIP", "save_all", () => save(files.save_all)),
  ];
  const keep = make("button", { type: "button", class: "keep", "aria-pressed": "false" });
  keep.addEventListener("click", () => keep_film(kept ? null : film_views.at(-1)));
  keep.hidden = true;
  const under = make("div", { class: "choices" }, choice.element, caption, keep);
  root.append(stage, bar.bar, under, numbers.element, chart);

  /** @type {Film} */
  let film = null;
  /** @type {FilmView | null} */
  let kept = null;
  /** @type {FilmView[]} */
  let film_views = [];
  let frames = 1, // of the longest film that is shown
    mark = (/** @type {number} */ _frame) => {};

  function show(index) {
    const share = film.live ? (film.progress ?? 1) : share_of(index, frames);
    for (const each of film_views) each.show(share);
    const frame = film_views.at(-1).frame(share);
    caption.textContent = say(film.captions[frame]);
    mark(frame);
    numbers.draw(film, film_views, share);
    return caption.textContent;
  }
  function draw_keep() {
    keep.hidden = !film.label;
    keep.disabled = film.live;
    keep.setAttribute("aria-pressed", String(Boolean(kept)));
    keep.textContent = say(words[kept ? "let_go" : "keep"]);
  }
  /** The films, one beside or above the other, each with the tracks that are seen of it. */
  function draw_films() {
    choice.draw(film);
    draw_keep();
    const seen = film_views.map((each) => choice.chosen(each.film));
    const { beside, rows } = arrangement(seen.map((tracks) => tracks.length));
    const two = film_views.length > 1;
    stage.className = `films${beside ? " beside" : ""}${two ? " two" : ""}`;
    for (const [i, each] of film_views.entries()) each.see(seen[i], rows, two);
    stage.replaceChildren(...film_views.map((each) => each.element));
  }
  /** Keep a film, so that the next runs beside it; null lets it go. */
  function keep_film(which) {
    kept = which;
    if (!kept && film_views.length > 1)
      begin(film_views.at(-1), bar.frame() / Math.max(1, frames - 1));
    choice.draw(film);
    draw_keep();
  }
  async function save_animation() {
    if (!(await files.save_animation())) caption.textContent = say(words.no_webp);
  }
  async function save(saving) {
    if (!film) return;
    const disable = (now) => {
      for (const button of slow) button.disabled = now;
    };
    disable(true);
    await saving().finally(() => disable(false));
  }
  /** Show a film, beside the kept one if there is one, from a share of its way on; without it from
   * the start. */
  function begin(/** @type {FilmView} */ now, /** @type {number} */ share = undefined) {
    film = now.film;
    film_views = kept && kept.film !== film ? [kept, now] : [now];
    frames = Math.max(...film_views.map((each) => each.film.frames));
    const curve = film_curve(film.curve);
    chart.replaceChildren(...curve.parts);
    mark = curve.mark;
    bar.open(frames, film.frames_per_second);
    bar.bar.hidden = film.live;
    draw_films();
    const plays = film.plays && !film.live && !still() && share === undefined;
    const first = plays ? 0 : (film.start ?? frames - 1);
    bar.go(share === undefined ? first : Math.round(share * (frames - 1)));
    if (plays) bar.start();
  }
  function open() {
    const value = props.value;
    if (!value?.sheet) return;
    const picture = new Image();
    picture.onload = () => {
      if (props.value === value) begin(film_view(value, picture));
    };
    picture.src = value.sheet;
  }
  watch("value", open);
  open();
}
