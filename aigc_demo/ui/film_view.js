// One film on the stage: its tracks side by side. player.js shows one, or two on one clock.

/** One of the pictures that run side by side.
 * @typedef {{symbol: string, title: Both, color: string, seen: boolean}} Track
 */
/** A column of the table under the film: a value a frame.
 * @typedef {{symbol: string, title: Both, values: string[]}} Numbers
 */
/** A curve under the film, both axes from 0 to 1; markers: for each frame the index of a point.
 * @typedef {object} Curve
 * @property {Both} label
 * @property {[string, string]} ends of the horizontal axis
 * @property {Point[]} points
 * @property {number[]} markers
 * @property {string} color
 */
/** What player.py's film() makes.
 * @typedef {object} Film
 * @property {string} name
 * @property {Track[]} tracks
 * @property {number} frames
 * @property {number} width of a picture, in pixels
 * @property {number} height
 * @property {string} sheet all pictures in one: a row a track, a column a frame
 * @property {Both[]} captions one a frame
 * @property {Curve | null} curve
 * @property {Numbers[]} numbers
 * @property {boolean} ink dark on white where the page is light
 * @property {number} frames_per_second
 * @property {boolean} plays by itself
 * @property {boolean} live more is coming
 * @property {number | null} progress of a live film, from 0 to 1
 * @property {number | null} start the frame shown first
 * @property {Both | null} label the settings: a film that has one can be kept beside the next
 */
/** @typedef {ReturnType<typeof film_view>} FilmView */

/**
 * Return a symbol's letters: _ sets the next one low, |noise:σ| gives it the colour of what it
 * stands for.
 * @param {string} symbol
 * @returns {(string | Node)[]}
 */
export function letters(symbol) {
  const { make } = window.aigc;
  const low = (text) =>
    text.split(/_(.)/u).map((piece, i) => (i % 2 ? make("sub", {}, piece) : piece));
  return symbol
    .split(/(\|\w+:[^|]+\|)/u)
    .filter(Boolean)
    .flatMap((part) => {
      const [, tone, text] = part.match(/^\|(\w+):(.+)\|$/u) ?? [];
      return tone ? [make("span", { class: tone }, ...low(text))] : low(part);
    });
}

/**
 * Return how many of so many pictures stand beside each other.
 * @param {number} count
 */
export const columns_of = (count) => (count > 4 ? 3 : count);

/**
 * Return the frame of a film at a share of its way: films of other lengths go along by share.
 * @param {number} share from 0 to 1
 * @param {number} frames
 */
export const frame_at = (share, frames) => Math.round(share * (frames - 1));

/**
 * Return a film's part of the stage.
 * @param {Film} film
 * @param {CanvasImageSource} picture the film's sheet
 */
export function film_view(film, picture) {
  const { make, say } = window.aigc;
  const label = make("p", { class: "settings", translate: "no" }, say(film.label)),
    row = make("div", { class: "tracks" });
  /** @type {number[]} */
  let tracks = [];
  /** @type {HTMLCanvasElement[]} */
  let canvases = [];
  const { width, height } = film;

  const canvas_of = (track) =>
    make("canvas", {
      width,
      height,
      class: `picture${film.ink ? " ink" : ""}`,
      role: "img",
      "aria-label": say(film.tracks[track].title),
    });
  const figure_of = (track, canvas) => {
    const { symbol, title, color } = film.tracks[track];
    return make(
      "figure",
      { class: color },
      make("div", { class: "frame" }, canvas),
      make("figcaption", {}, make("b", {}, ...letters(symbol)), say(title)),
    );
  };
  /**
   * Show these tracks, given by their places in the sheet.
   * @param {number[]} seen
   * @param {number} rows of pictures above each other in all, other films' included
   * @param {boolean} named the film's settings stand above it
   */
  function see(seen, rows, named) {
    tracks = seen;
    label.hidden = !named;
    row.className = `tracks of-${seen.length}`;
    if (film.tracks.some((track) => !track.seen)) {
      row.classList.add("chosen");
      const sizes = { columns: columns_of(seen.length), rows, aspect: width / height };
      for (const [name, value] of Object.entries(sizes))
        row.style.setProperty(`--${name}`, String(value));
    }
    canvases = seen.map(canvas_of);
    row.replaceChildren(...seen.map((track, at) => figure_of(track, canvases[at])));
  }
  const frame = (share) => frame_at(share, film.frames);
  /** Draw a track's picture at a share of the way into a box of a canvas. */
  function draw_track(context, track, share, x, y, wide, high) {
    const [left, top] = [frame(share) * width, track * height];
    context.drawImage(picture, left, top, width, height, x, y, wide, high);
  }
  function show(share) {
    for (const [at, canvas] of canvases.entries())
      draw_track(canvas.getContext("2d"), tracks[at], share, 0, 0, width, height);
  }
  const element = make("section", { class: "film-view" }, label, row);
  return { film, element, see, show, draw_track, frame, tracks: () => tracks };
}
