// The contest: a row a generator, its eight pictures and its figures; under them the three axes.
// value: see contest.py's contest.

import { duration, trilemma } from "aigc/overview/views/contest/trilemma.js";
import { cut, sprite, tile } from "aigc/ui/sprite.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing contest";
  const COLOURS = { gan: "generated", vae: "latent", few: "noise", many: "noise" };
  const waking = make("p", { class: "waking" }, say(words.waking)),
    body = make("div"),
    axes = trilemma(words, COLOURS);
  const hint = make("p", { class: "hint" });
  const below = make(
    "section",
    { class: "below" },
    make("h3", {}, say(words.trilemma)),
    axes.element,
    make("p", { class: "said" }, say(words.trilemma_said)),
  );
  below.hidden = true;
  root.append(waking, body, hint, below);

  const shown = {
    time: (entry) => duration(entry.milliseconds),
    right: ({ right }) => (right === null ? say(words.chosen) : `${Math.round(100 * right)} %`),
    diversity: ({ diversity }) => (diversity === null ? "–" : number(diversity, 1)),
    fid: ({ fid }) => (fid ? number(fid, 1) : "–"),
  };
  function note(name, entry, { digit }) {
    const weights = say(words.weights, { weights: number(entry.weights, 0) });
    const how =
      name === "vae"
        ? say(words.vae_note, { drawn: entry.drawn, digit, kept: entry.reads.length })
        : name === "gan"
          ? say(words.gan_note)
          : say(words.steps_note, { steps: entry.steps });
    return entry.weights ? how + weights : how;
  }
  // A lane: until its entry is there, frames that wait.
  function lane(name, entry, value) {
    const title = make("h3", {}, say(words[name])),
      pictures = make("div", { class: "pictures" }),
      figures = make("dl");
    const section = make(
      "section",
      { class: `row ${COLOURS[name]}${entry ? "" : " waits"}`, "data-name": name },
      title,
      pictures,
      figures,
    );
    if (!entry) {
      pictures.append(
        ...Array.from({ length: value.count }, () => make("span", { class: "frame" })),
      );
      return section;
    }
    title.append(make("span", {}, note(name, entry, value)));
    const tiles = entry.reads.map((read) => {
      const canvas = tile(say(words.reads, { digit: read })),
        wrong = read !== value.digit;
      const read_as = make(
        "figcaption",
        {},
        make("span", { "aria-hidden": "true" }, wrong ? `≠ ${read}` : read),
      );
      pictures.append(
        make(
          "figure",
          { class: wrong ? "wrong" : "" },
          make("span", { class: "frame" }, canvas),
          read_as,
        ),
      );
      return [read_as, canvas];
    });
    if (entry.sheet)
      sprite(entry.sheet, (sheet) => tiles.forEach(([, canvas], i) => cut(canvas, sheet, i)));
    if (entry.nearest)
      sprite(entry.nearest, (sheet) =>
        tiles.forEach(([read_as], i) => {
          const twin = tile(say(words.twin));
          cut(twin, sheet, i);
          read_as.append(make("span", { class: "twin" }, twin));
        }),
      );
    const told = Object.entries(shown).map(([key, of]) =>
      make("div", { class: key }, make("dd", {}, of(entry)), make("dt", {}, say(words[key]))),
    );
    if (entry.nearest)
      told.push(
        make(
          "div",
          { class: "apart" },
          make("dd", {}, number(entry.apart, 1)),
          make("dt", {}, say(words.apart)),
        ),
      );
    figures.append(...told);
    return section;
  }
  const lanes = {}; // what is drawn, and of what: what did not change stays
  function draw() {
    const value = props.value;
    if (!value?.entries) return;
    waking.hidden = true;
    for (const name of Object.keys(COLOURS)) {
      const entry = value.entries[name],
        key = JSON.stringify([value.digit, entry]);
      if (lanes[name]?.key !== key) lanes[name] = { key, element: lane(name, entry, value) };
    }
    body.replaceChildren(...Object.values(lanes).map(({ element }) => element));
    Object.assign(root.dataset, { seed: value.seed, digit: value.digit, finished: value.finished });
    hint.textContent = `${say(words.reading)} ${say(words[value.nearest])}`;
    below.hidden = !value.finished;
    if (value.finished) axes.show(value);
  }
  watch("value", draw);
  draw();
}
