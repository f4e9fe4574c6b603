// One sentence, three models: what each may look at, and what it guesses. value: see
// objectives.py's _shown().

import { transport } from "aigc/ui/transport.js";

export default function mount({ element, trigger, props, watch }) {
  const { make, say, number, still } = window.aigc;
  const words = props.words;
  const PACE = 0.6; // guesses a second
  const root = element.querySelector(".drawing");
  root.className = "drawing player objectives";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.group));

  const waking = make("p", { class: "waking" }, say(words.waking));
  const sentence = make("div", {
    class: "sentence",
    role: "group",
    "aria-label": say(words.click),
    translate: "no",
  });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const bar = transport(root, words, show);
  const families = make("div", { class: "families" });
  const whole = make(
    "div",
    { class: "whole" },
    make("p", { class: "hint" }, say(words.click)),
    sentence,
    bar.bar,
    caption,
    families,
  );
  whole.hidden = true;
  root.append(waking, whole);

  let value = null,
    panels = [],
    asked = 0,
    next = null;
  const share = (p) => (p >= 0.001 ? `${number(100 * p, 1)} %` : "< 0.1 %");
  const shown = (text) => text.trim() || "␣";

  // The sentence as the visitor wrote it: a button a word, pressed where it is hidden. What is
  // clicked is known here at once: the next click need not wait for the models, which are asked for
  // one sentence at a time, the last.
  function draw_sentence() {
    const texts = new Map(),
      hidden = new Set(value.hidden.map((place) => value.pieces[place][1]));
    // several tokens may share a character
    const told = ([text], i) => (value.begins[i] === value.begins[i - 1] ? "" : text);
    value.pieces.forEach((piece, i) =>
      texts.set(piece[1], (texts.get(piece[1]) ?? "") + told(piece, i)),
    );
    const marked = () =>
      [...texts]
        .map(([word, text]) => (hidden.has(word) ? text.replace(/\S+/, "[$&]") : text))
        .join("");
    sentence.replaceChildren(
      ...[...texts].map(([word, text]) => {
        const button = make(
          "button",
          {
            type: "button",
            class: /^\s/.test(text) ? "" : "tied",
            "aria-pressed": hidden.has(word),
          },
          text.trim(),
        );
        button.addEventListener("click", () => {
          if (!hidden.delete(word)) hidden.add(word);
          button.setAttribute("aria-pressed", hidden.has(word));
          ask(marked());
        });
        return button;
      }),
    );
  }

  const PATIENCE = 5000; // milliseconds: an error is no answer
  function ask(marked) {
    next = Date.now() - asked < PATIENCE ? marked : null;
    if (next !== null) return;
    asked = Date.now();
    trigger("select", { sentence: marked });
  }

  // One family: its sentence as it sees it at this moment, its mask with the row of the guess, its
  // guess as bars.
  function panel(model) {
    const tiles = value.pieces.map(([text]) =>
      make(
        "span",
        { class: /^\s/.test(text) ? "tile" : "tile tied", translate: "no" },
        shown(text),
      ),
    );
    const bars = make("ol", { class: "bars", translate: "no" }),
      mask = make("canvas", { role: "img", "aria-label": say(words.mask, { name: model.name }) });
    const section = make(
      "section",
      {},
      make("h3", {}, model.name),
      make("p", { class: "hint" }, say(words[`${model.name.toLowerCase()}_about`])),
      make("div", { class: "tiles" }, ...tiles),
      make("figure", {}, mask, make("figcaption", {}, say(words.mask_about))),
      bars,
    );
    return { section, model, tiles, bars, mask };
  }
  const made = (model, frame) => model.guesses.filter((guess) => guess.order < frame);
  function now(model, frame) {
    const last = made(model, frame).filter(
      (guess) =>
        guess.order ===
        Math.min(frame, 1 + Math.max(...model.guesses.map(({ order }) => order))) - 1,
    );
    return last[0] ?? null;
  }
  function draw_tiles({ model, tiles }, frame) {
    const guess = now(model, frame),
      known = new Map(made(model, frame).map((each) => [each.place, each]));
    tiles.forEach((tile, place) => {
      const hidden = value.hidden.includes(place),
        found = known.get(place);
      tile.textContent = !hidden
        ? shown(value.pieces[place][0])
        : found
          ? shown(found.likeliest[0][0])
          : "?";
      tile.classList.toggle("hidden", hidden);
      tile.classList.toggle("right", found?.came === 0);
      tile.classList.toggle("asked", guess?.place === place);
      tile.classList.toggle(
        "unseen",
        Boolean(guess) && guess.place !== place && !model.sees[guess.place].includes(place),
      );
      tile.dataset.rank =
        hidden && model.name === "XLNet"
          ? 1 + model.guesses.findIndex((each) => each.place === place)
          : "";
    });
  }
  function draw_bars({ model, bars }, frame) {
    const guess = now(model, frame);
    if (!guess)
      return void bars.replaceChildren(
        make("li", { class: "hint" }, say(value.hidden.length ? words.not_yet : words.nothing)),
      );
    const truth = value.pieces[guess.place][0],
      rows = [...guess.likeliest];
    if (guess.came < 0) rows.push([truth, guess.right]);
    bars.replaceChildren(
      ...rows.map(([text, p], i) =>
        make(
          "li",
          i === (guess.came < 0 ? rows.length - 1 : guess.came) ? { class: "came" } : {},
          make("b", {}, shown(text)),
          make("span", { class: "share", style: `--p: ${p}` }),
          make("span", { class: "figure" }, share(p)),
        ),
      ),
    );
  }
  // The mask: the row of a token is what its guess may look at. Bright: seen; framed: the row of
  // this guess.
  function draw_mask({ model, mask }, frame) {
    const count = value.pieces.length,
      cell = Math.max(6, Math.floor(320 / count)),
      guess = now(model, frame);
    const tone = (name) => getComputedStyle(root).getPropertyValue(name);
    mask.width = mask.height = count * cell;
    const context = mask.getContext("2d");
    context.fillStyle = tone("--line");
    context.fillRect(0, 0, mask.width, mask.height);
    model.sees.forEach((seen, place) => {
      for (let other = 0; other < count; other++) {
        const asked = guess?.place === place;
        context.fillStyle = seen.includes(other)
          ? tone(asked ? "--generated" : "--attention")
          : tone("--sheet");
        context.globalAlpha = guess && !asked && seen.includes(other) ? 0.45 : 1;
        context.fillRect(other * cell + 1, place * cell + 1, cell - 1, cell - 1);
      }
    });
    context.globalAlpha = 1;
  }
  function show(frame) {
    for (const each of panels) {
      draw_tiles(each, frame);
      draw_bars(each, frame);
      draw_mask(each, frame);
    }
    const told = panels
      .map(({ model }) => [model.name, now(model, frame)])
      .filter(([, guess]) => guess)
      .map(([name, guess]) =>
        say(words.guessed, {
          name,
          guess: shown(guess.likeliest[0][0]),
          share: share(guess.likeliest[0][1]),
          right: shown(value.pieces[guess.place][0]),
        }),
      );
    caption.textContent = told.length
      ? told.join(" · ")
      : say(value.hidden.length ? words.begin : words.nothing);
    return caption.textContent;
  }
  function draw() {
    if (!props.value || props.value.problem) return;
    asked = 0;
    if (next !== null) return ask(next);
    value = props.value;
    waking.hidden = true;
    whole.hidden = false;
    draw_sentence();
    panels = value.models.map(panel);
    families.replaceChildren(...panels.map(({ section }) => section));
    const frames =
      1 +
      Math.max(0, ...value.models.flatMap(({ guesses }) => guesses.map(({ order }) => order + 1)));
    bar.open(frames, PACE);
    bar.go(still() ? frames - 1 : Math.min(1, frames - 1));
    if (!still()) bar.start();
  }
  watch("value", draw);
  draw();
}
