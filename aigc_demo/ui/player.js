// Films: pictures computed once, played here; one film that was kept and the next on one clock.
// value: see player.py's film. The arrow keys step, space plays.

import { animated_webp, hand_over, zip } from "aigc/ui/download.js";
import { columns_of, letters, pane } from "aigc/ui/pane.js";
import { print_of } from "aigc/ui/print.js";
import { transport } from "aigc/ui/transport.js";

export default function mount({ element, props, watch }) {
  const { make, say, still } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing player";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.film));

  const stage = make("div", { class: "films" }, make("p", { class: "waking" }, say(words.waking)));
  const chart = make("div", { class: "chart" });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const numbers = make("table", { class: "numbers" });
  const bar = transport(root, words, show);
  const save = bar.button("⤓", "save", save_frame);
  const save_more = [
    bar.button("WebP", "save_film", () => wait_for(save_film)),
    bar.button("ZIP", "save_all", () => wait_for(save_all)),
  ];
  const choice = make("div", { class: "choice", role: "group", "aria-label": say(words.tracks) });
  const keep = make("button", { type: "button", class: "keep", "aria-pressed": "false" });
  keep.addEventListener("click", () => hold(kept ? null : panes.at(-1)));
  keep.hidden = true;
  root.append(
    stage,
    bar.bar,
    make("div", { class: "choices" }, choice, caption, keep),
    numbers,
    chart,
  );
  let film = null,
    kept = null,
    panes = [],
    clock = 1,
    marker = null;
  const seen = new Map(); // symbol: whether the visitor wants to see it

  function show(index) {
    const share = film.live ? (film.progress ?? 1) : clock > 1 ? index / (clock - 1) : 1;
    panes.forEach((each) => each.show(share));
    const frame = panes.at(-1).frame(share);
    caption.textContent = say(film.captions[frame]);
    if (marker) place(frame);
    draw_numbers(share);
    return caption.textContent;
  }

  // What is seen of which film: each track's button, the films one beside or above the other, and
  // the numbers of their frames.
  const wanted = (track) => seen.get(track.symbol) ?? track.seen;
  function chosen({ tracks }) {
    const found = tracks.map((_, i) => i).filter((i) => wanted(tracks[i]));
    return found.length ? found : [0];
  }
  function draw_choice() {
    const tracks = film.tracks.some((track) => !track.seen) ? film.tracks : [];
    choice.replaceChildren(
      ...tracks.map((track) => {
        const button = make(
          "button",
          {
            type: "button",
            class: track.color,
            "aria-pressed": wanted(track),
            "aria-label": say(track.title),
            title: say(track.title),
          },
          ...letters(track.symbol),
        );
        button.addEventListener("click", () => {
          if (wanted(track) && chosen(film).length === 1) return; // one is always seen
          seen.set(track.symbol, !wanted(track));
          draw_films();
          show(bar.frame());
          choice.children[film.tracks.indexOf(track)].focus();
        });
        return button;
      }),
    );
    keep.hidden = !film.label;
    keep.disabled = film.live;
    keep.setAttribute("aria-pressed", Boolean(kept));
    keep.textContent = say(words[kept ? "let_go" : "keep"]);
  }
  function draw_films() {
    draw_choice();
    const beside = panes.length > 1 && panes.every((each) => chosen(each.film).length < 3);
    const rows = panes.map((each) =>
      Math.ceil(chosen(each.film).length / columns_of(chosen(each.film).length)),
    );
    stage.className = `films${beside ? " beside" : ""}${panes.length > 1 ? " two" : ""}`;
    panes.forEach((each) =>
      each.see(
        chosen(each.film),
        beside ? 1 : rows.reduce((sum, count) => sum + count),
        panes.length > 1,
      ),
    );
    stage.replaceChildren(...panes.map((each) => each.element));
  }
  function draw_numbers(share) {
    const shown = film.numbers.length ? panes.filter((each) => each.film.numbers.length) : [];
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
    numbers.hidden = !shown.length;
    numbers.replaceChildren(
      make("thead", {}, make("tr", {}, ...(named ? [make("td")] : []), ...head)),
      make("tbody", {}, ...rows),
    );
  }
  // Holds a film fast, so that the next runs beside it; null lets it go.
  function hold(which) {
    kept = which;
    if (!kept && panes.length > 1) begin(panes.at(-1), bar.frame() / Math.max(1, clock - 1));
    draw_choice();
  }

  // The curve under the film, with a marker at the frame that is shown. Both axes run from 0 to 1.
  function draw_chart() {
    chart.replaceChildren();
    marker = null;
    if (!film.curve) return;
    const points = film.curve.points.map(([x, y]) => `${100 * x},${100 * (1 - y)}`).join(" ");
    marker = [make("div", { class: "marker" }), make("div", { class: "dot" })];
    chart.append(
      make(
        "div",
        { class: `plot ${film.curve.color}` },
        make(
          "svg",
          { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
          make("polyline", { points }),
        ),
        ...marker,
      ),
      make(
        "div",
        { class: "names" },
        ...[film.curve.ends[0], say(film.curve.label), film.curve.ends[1]].map((name) =>
          make("span", {}, name),
        ),
      ),
    );
  }
  function place(index) {
    const [x, y] = film.curve.points[film.curve.markers[index]];
    marker.forEach((part) => (part.style.left = `${100 * x}%`));
    marker[1].style.top = `${100 * (1 - y)}%`;
  }

  // What is shown, as files: the frame as PNG, all frames as an animation, each of them as PNG.
  const printed = () => print_of(panes, getComputedStyle(root));
  const numbered = (index) =>
    `${film.name}-${String(index + 1).padStart(String(clock).length, "0")}.png`;
  const bytes_of = (canvas, ...how) =>
    new Promise((done) =>
      canvas.toBlob(
        async (blob) => done([blob.type, new Uint8Array(await blob.arrayBuffer())]),
        ...how,
      ),
    );
  const share_of = (index) => (clock > 1 ? index / (clock - 1) : 1);
  async function save_frame() {
    if (!film) return;
    const { canvas, draw } = printed();
    draw(share_of(bar.frame()));
    const [type, bytes] = await bytes_of(canvas);
    hand_over(new Blob([bytes], { type }), `${film.name}-${bar.frame() + 1}.png`);
  }
  async function each_frame(...how) {
    const { canvas, draw } = printed(),
      found = [];
    for (let index = 0; index < clock; index++) {
      draw(share_of(index));
      found.push(await bytes_of(canvas, ...how));
    }
    return { canvas, found };
  }
  async function save_film() {
    const { canvas, found } = await each_frame("image/webp", 1),
      last = 1500; // the result stays a moment
    if (found[0][0] !== "image/webp") return void (caption.textContent = say(words.no_webp));
    const frames = found.map(([, bytes], i) => ({
      bytes,
      milliseconds: i < clock - 1 ? Math.round(bar.period()) : last,
    }));
    hand_over(animated_webp(frames, canvas.width, canvas.height), `${film.name}.webp`);
  }
  async function save_all() {
    const { found } = await each_frame("image/png");
    hand_over(zip(found.map(([, bytes], i) => ({ name: numbered(i), bytes }))), `${film.name}.zip`);
  }
  async function wait_for(saving) {
    if (!film) return;
    save_more.forEach((button) => (button.disabled = true));
    await saving().finally(() => save_more.forEach((button) => (button.disabled = false)));
  }

  // Shows a film, beside the kept one if there is one, from a share of its way on; without it from
  // the start.
  function begin(now, share) {
    film = now.film;
    panes = kept && kept.film !== film ? [kept, now] : [now];
    clock = Math.max(...panes.map((each) => each.film.frames));
    draw_chart();
    bar.open(clock, film.frames_per_second);
    bar.bar.hidden = film.live;
    draw_films();
    const plays = film.plays && !film.live && !still() && share === undefined;
    bar.go(
      share !== undefined ? Math.round(share * (clock - 1)) : plays ? 0 : (film.start ?? clock - 1),
    );
    if (plays) bar.start();
  }
  function open() {
    const value = props.value;
    if (!value || !value.sheet) return;
    const picture = new Image();
    picture.onload = () => {
      if (props.value === value) begin(pane(value, picture));
    };
    picture.src = value.sheet;
  }
  watch("value", open);
  open();
}
