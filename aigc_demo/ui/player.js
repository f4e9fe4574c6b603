// A film: pictures computed once, played here. value: see player.py's Film. The arrow keys step, space plays.
const { make, say, still } = window.aigc;
const words = props.words;
const root = element.querySelector(".drawing");
root.className = "drawing player";
root.tabIndex = 0;
root.setAttribute("role", "group");
root.setAttribute("aria-label", say(words.film));

const tracks = make("div", { class: "tracks" }, make("p", { class: "waking" }, say(words.waking)));
const chart = make("div", { class: "chart" });
const caption = make("p", { class: "caption", "aria-live": "polite" });
const bar = transport(root, words, show);
bar.button("⤓", "save", save);
root.append(tracks, bar.bar, caption, chart);
let film = null, sheet = null, canvases = [], marker = null;

function show(index) {
  canvases.forEach((canvas, track) => {
    const context = canvas.getContext("2d");
    context.drawImage(sheet, index * film.width, track * film.height, film.width, film.height, 0, 0, film.width, film.height);
  });
  caption.textContent = say(film.captions[index]);
  if (marker) place(index);
  return caption.textContent;
}

// The curve under the film, with a marker at the frame that is shown. Both axes run from 0 to 1.
function draw_chart() {
  chart.replaceChildren();
  marker = null;
  if (!film.curve) return;
  const points = film.curve.points.map(([x, y]) => `${100 * x},${100 * (1 - y)}`).join(" ");
  marker = [make("div", { class: "marker" }), make("div", { class: "dot" })];
  chart.append(
    make("div", { class: `plot ${film.curve.color}` }, make("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, make("polyline", { points })), ...marker),
    make("div", { class: "names" }, ...[film.curve.ends[0], say(film.curve.label), film.curve.ends[1]].map((name) => make("span", {}, name))),
  );
}
function place(index) {
  const [x, y] = film.curve.points[film.curve.markers[index]];
  marker.forEach((part) => (part.style.left = `${100 * x}%`));
  marker[1].style.top = `${100 * (1 - y)}%`;
}

function save() {
  if (!film) return;
  const enlarge = Math.max(1, Math.round(512 / film.width));
  const canvas = make("canvas", { width: film.width * enlarge * canvases.length, height: film.height * enlarge });
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  canvases.forEach((c, i) => context.drawImage(c, i * film.width * enlarge, 0, film.width * enlarge, film.height * enlarge));
  make("a", { href: canvas.toDataURL("image/png"), download: `${film.name}-${bar.frame() + 1}.png` }).click();
}

function open() {
  const value = props.value;
  if (!value || !value.sheet) return;
  const picture = new Image();
  picture.onload = () => {
    if (props.value !== value) return;
    film = value;
    sheet = picture;
    canvases = film.tracks.map(() => make("canvas", { width: film.width, height: film.height, class: "picture" + (film.ink ? " ink" : ""), role: "img" }));
    tracks.className = `tracks of-${film.tracks.length}`;
    tracks.replaceChildren(...film.tracks.map((track, i) => {
      canvases[i].setAttribute("aria-label", say(track.title));
      const [symbol, index] = track.symbol.split("_");
      const caption = make("figcaption", {}, make("b", {}, symbol, ...(index ? [make("sub", {}, index)] : [])), say(track.title));
      return make("figure", { class: track.color }, make("div", { class: "frame" }, canvases[i]), caption);
    }));
    draw_chart();
    bar.open(film.frames, film.frames_per_second);
    bar.bar.hidden = film.live;
    bar.go(film.live || still() || !film.plays ? (film.start ?? film.frames - 1) : 0);
    if (film.plays && !film.live && !still()) bar.start();
  };
  picture.src = value.sheet;
}
watch("value", open);
open();
