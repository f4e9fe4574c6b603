// One film on the stage: its tracks side by side. player.js shows one, or two on one clock.
// picture: the film's sheet. A symbol's letters: _ sets the next one low, |noise:σ| gives it the
// colour of what it stands for.
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
export function pane(film, picture) {
  const { make, say } = window.aigc;
  const label = make("p", { class: "settings", translate: "no" }, say(film.label)),
    row = make("div", { class: "tracks" });
  let tracks = [],
    canvases = [];

  // Shows these tracks, given by their places in the sheet; `rows` of them stand above each other
  // in all, other films' included.
  function see(seen, rows, named) {
    tracks = seen;
    label.hidden = !named;
    const columns = columns_of(seen.length);
    row.className = `tracks of-${seen.length}`;
    if (film.tracks.some((track) => !track.seen)) {
      row.classList.add("chosen");
      row.style.cssText = `--columns: ${columns}; --rows: ${rows}; --aspect: ${film.width / film.height}`;
    }
    canvases = seen.map((i) =>
      make("canvas", {
        width: film.width,
        height: film.height,
        class: "picture" + (film.ink ? " ink" : ""),
        role: "img",
        "aria-label": say(film.tracks[i].title),
      }),
    );
    row.replaceChildren(
      ...seen.map((i, at) => {
        const { symbol, title, color } = film.tracks[i];
        return make(
          "figure",
          { class: color },
          make("div", { class: "frame" }, canvases[at]),
          make("figcaption", {}, make("b", {}, ...letters(symbol)), say(title)),
        );
      }),
    );
  }
  // films of other lengths go along by share
  const frame = (share) => Math.round(share * (film.frames - 1));
  function cut(context, track, share, x, y, width, height) {
    context.drawImage(
      picture,
      frame(share) * film.width,
      track * film.height,
      film.width,
      film.height,
      x,
      y,
      width,
      height,
    );
  }
  function show(share) {
    canvases.forEach((canvas, at) =>
      cut(canvas.getContext("2d"), tracks[at], share, 0, 0, film.width, film.height),
    );
  }
  return {
    film,
    element: make("section", { class: "pane" }, label, row),
    see,
    show,
    cut,
    frame,
    tracks: () => tracks,
  };
}
export const columns_of = (count) => (count > 4 ? 3 : count);
