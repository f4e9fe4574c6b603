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
const bar = make("div", { class: "bar" });
root.append(tracks, bar, caption, chart);
bar.hidden = true;

const button = (text, word, act) => {
  const b = make("button", { type: "button", "aria-label": say(words[word]), title: say(words[word]) }, text);
  b.addEventListener("click", act);
  bar.append(b);
  return b;
};
let film = null, sheet = null, frame = 0, playing = false, canvases = [], marker = null, last = 0;

button("‹", "back", () => step(-1));
const play = button("▶", "play", () => (playing ? pause() : start()));
play.classList.add("play");
button("›", "forward", () => step(1));
const scrub = make("input", { type: "range", min: 0, max: 1, step: 1, value: 0, "aria-label": say(words.scrub) });
scrub.addEventListener("input", () => { pause(); show(+scrub.value); });
const counter = make("output", { class: "counter" });
const speed = make("select", { "aria-label": say(words.speed), title: say(words.speed) });
for (const factor of [0.25, 0.5, 1, 2, 4]) speed.append(make("option", { value: factor, ...(factor === 1 ? { selected: "" } : {}) }, `${factor}×`));
const loop = make("button", { type: "button", class: "loop", "aria-pressed": "false", "aria-label": say(words.loop), title: say(words.loop) }, "⟳");
loop.addEventListener("click", () => loop.setAttribute("aria-pressed", loop.getAttribute("aria-pressed") !== "true"));
bar.append(scrub, counter, speed, loop);
button("⤓", "save", save);

root.addEventListener("keydown", (event) => {
  if (["SELECT", "INPUT"].includes(event.target.tagName) && event.key !== " ") return;
  const act = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => show(0), End: () => show(film.frames - 1), " ": () => play.click() }[event.key];
  if (!act || !film || (event.key === " " && event.target.tagName === "BUTTON")) return;
  event.preventDefault();
  if (event.key !== " ") pause();
  act();
});

function start() {
  if (!film) return;
  if (frame >= film.frames - 1) show(0);
  playing = true;
  last = performance.now();
  play.textContent = "❚❚";
  play.setAttribute("aria-label", say(words.pause));
  requestAnimationFrame(tick);
}
function pause() {
  playing = false;
  play.textContent = "▶";
  play.setAttribute("aria-label", say(words.play));
}
function tick(now) {
  if (!playing || !root.isConnected) return;
  const wait = 1000 / (film.frames_per_second * +speed.value);
  if (now - last >= wait) {
    last = now;
    if (frame + 1 < film.frames) show(frame + 1);
    else if (loop.getAttribute("aria-pressed") === "true") show(0);
    else return pause();
  }
  requestAnimationFrame(tick);
}
function step(by) {
  pause();
  if (film) show(Math.max(0, Math.min(film.frames - 1, frame + by)));
}
function show(index) {
  frame = index;
  canvases.forEach((canvas, track) => {
    const context = canvas.getContext("2d");
    context.drawImage(sheet, index * film.width, track * film.height, film.width, film.height, 0, 0, film.width, film.height);
  });
  scrub.value = index;
  scrub.setAttribute("aria-valuetext", say(film.captions[index]));
  counter.textContent = `${index + 1} / ${film.frames}`;
  caption.textContent = say(film.captions[index]);
  if (marker) place(index);
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
  make("a", { href: canvas.toDataURL("image/png"), download: `${film.name}-${frame + 1}.png` }).click();
}

function open() {
  const value = props.value;
  if (!value || !value.sheet) return;
  const picture = new Image();
  picture.onload = () => {
    if (props.value !== value) return;
    pause();
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
    scrub.max = film.frames - 1;
    draw_chart();
    bar.hidden = film.live;
    show(film.live || still() || !film.plays ? (film.start ?? film.frames - 1) : 0);
    if (film.plays && !film.live && !still()) start();
  };
  picture.src = value.sheet;
}
watch("value", open);
open();
