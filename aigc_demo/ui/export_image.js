// The films on the stage as one canvas, for files: their tracks enlarged crisply, as they are seen,
// each with its name under it.

const LEAST = 300; // pixels of a picture's width
const GAP = 16; // pixels around a picture
const LINE = 34; // pixels of a line of text

/**
 * Return the pictures' sizes, the whole number of times larger that makes them wide enough, and
 * that of the canvas.
 * @param {{width: number, height: number, tracks: number}[]} films
 */
export function sizes_of(films) {
  const named = films.length > 1 ? LINE : 0;
  const rows = films.map(({ width, height, tracks }) => {
    const enlarged = Math.max(1, Math.ceil(LEAST / width));
    return { width: width * enlarged, height: height * enlarged, tracks };
  });
  return {
    rows,
    named,
    width: Math.max(...rows.map(({ width, tracks }) => tracks * (width + GAP) + GAP)),
    height: rows.reduce((sum, { height }) => sum + named + height + LINE + GAP, GAP + LINE),
  };
}

/**
 * Return a canvas, and what paints the frames at a share of the way on it.
 * @param {import("aigc/ui/film_view.js").FilmView[]} film_views
 * @param {CSSStyleDeclaration} style the page's colours
 */
export function export_canvas(film_views, style) {
  const { make, say } = window.aigc;
  const color = (name) => style.getPropertyValue(`--${name}`).trim(),
    dark = document.body.classList.contains("dark");
  const { rows, named, width, height } = sizes_of(
    film_views.map(({ film, tracks }) => ({ ...film, tracks: tracks().length })),
  );
  const canvas = make("canvas", { width, height });
  const context = canvas.getContext("2d");
  const write = (text, x, y, tone, room) => {
    context.fillStyle = color(tone);
    context.fillText(text, x, y, room);
  };
  const invert = (x, y, wide, high) => {
    Object.assign(context, { globalCompositeOperation: "difference", fillStyle: "#fff" });
    context.fillRect(x, y, wide, high);
    context.globalCompositeOperation = "source-over";
  };

  function draw_film({ film, tracks, draw_track }, size, share, y) {
    for (const [at, track] of tracks().entries()) {
      const x = GAP + at * (size.width + GAP),
        { title, color: tone } = film.tracks[track];
      draw_track(context, track, share, x, y, size.width, size.height);
      if (film.ink && !dark) invert(x, y, size.width, size.height);
      write(say(title), x, y + size.height + LINE / 2, tone, size.width);
    }
  }
  function draw(/** @type {number} */ share) {
    Object.assign(context, {
      imageSmoothingEnabled: false,
      font: "22px sans-serif",
      textBaseline: "middle",
      fillStyle: color("sheet"),
    });
    context.fillRect(0, 0, canvas.width, canvas.height);
    const room = canvas.width - 2 * GAP;
    let y = GAP;
    for (const [i, each] of film_views.entries()) {
      if (named) write(say(each.film.label), GAP, y + LINE / 2 - 4, "ink", room);
      y += named;
      draw_film(each, rows[i], share, y);
      y += rows[i].height + LINE + GAP;
    }
    const { film, frame } = film_views.at(-1);
    write(say(film.captions[frame(share)]), GAP, y + LINE / 2 - GAP, "ink", room);
  }
  return { canvas, draw };
}
