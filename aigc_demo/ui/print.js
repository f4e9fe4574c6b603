// The films on the stage as one canvas, for files: their tracks enlarged crisply, as they are seen,
// each with its name under it. draw(share) paints the frames at this share of the way.
export function print_of(panes, style) {
  const { make, say } = window.aigc;
  const LEAST = 300,
    GAP = 16,
    LINE = 34,
    color = (name) => style.getPropertyValue(`--${name}`).trim(),
    dark = document.body.classList.contains("dark");
  const rows = panes.map((each) => {
    const { film } = each,
      enlarge = Math.max(1, Math.ceil(LEAST / film.width)),
      [width, height] = [film.width * enlarge, film.height * enlarge];
    return { each, film, width, height, named: panes.length > 1 ? LINE : 0 };
  });
  const canvas = make("canvas", {
    width: Math.max(...rows.map(({ each, width }) => each.tracks().length * (width + GAP) + GAP)),
    height: rows.reduce((sum, { height, named }) => sum + named + height + LINE + GAP, GAP + LINE),
  });
  const context = canvas.getContext("2d");
  const write = (text, x, y, tone, width) => {
    context.fillStyle = color(tone);
    context.fillText(text, x, y, width);
  };

  function draw(share) {
    Object.assign(context, {
      imageSmoothingEnabled: false,
      font: "22px sans-serif",
      textBaseline: "middle",
      fillStyle: color("sheet"),
    });
    context.fillRect(0, 0, canvas.width, canvas.height);
    let y = GAP;
    for (const { each, film, width, height, named } of rows) {
      if (named) write(say(film.label), GAP, y + LINE / 2 - 4, "ink", canvas.width - 2 * GAP);
      y += named;
      each.tracks().forEach((track, at) => {
        const x = GAP + at * (width + GAP),
          { title, color: tone } = film.tracks[track];
        each.cut(context, track, share, x, y, width, height);
        if (film.ink && !dark) invert(x, y, width, height);
        write(say(title), x, y + height + LINE / 2, tone, width);
      });
      y += height + LINE + GAP;
    }
    const { film, frame } = panes.at(-1);
    write(say(film.captions[frame(share)]), GAP, y + LINE / 2 - GAP, "ink", canvas.width - 2 * GAP);
  }
  function invert(...box) {
    Object.assign(context, { globalCompositeOperation: "difference", fillStyle: "#fff" });
    context.fillRect(...box);
    context.globalCompositeOperation = "source-over";
  }
  return { canvas, draw };
}
