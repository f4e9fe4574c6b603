// From words to picture, each part of latent diffusion with what it holds in this run; and the
// training emoji that come nearest.

import { cut, sprite, tile } from "aigc/ui/sprite.js";

export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words,
    SIDE = 64,
    PLACES = 16,
    CHANNELS = 4;
  const root = element.querySelector(".drawing");
  root.className = "drawing emoji-story";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const maps = (name) =>
    Array.from({ length: CHANNELS }, (_, i) => tile(`${say(words[name])} ${i + 1}`, PLACES));
  const noise = maps("noise"),
    latent = maps("latent"),
    picture = tile(say(words.picture), SIDE);
  const told = make("div", { class: "told", translate: "no" }),
    passes = make("b", { class: "passes" });
  const part = (colour, name, ...inside) =>
    make(
      "figure",
      { class: `part ${colour}` },
      make("div", { class: "inside" }, ...inside),
      make("figcaption", {}, say(words[name])),
    );
  const arrow = () => make("span", { class: "arrow", "aria-hidden": "true" }, "→");
  const way = make(
    "div",
    { class: "way" },
    part("attention", "words", told),
    arrow(),
    part("noise", "noise", make("div", { class: "maps" }, ...noise)),
    arrow(),
    part("plain", "unet", passes),
    arrow(),
    part("latent", "latent", make("div", { class: "maps" }, ...latent)),
    arrow(),
    part("generated", "decoder", picture),
  );
  const results = make("div", {
    class: "results",
    role: "group",
    "aria-label": say(words.results),
  });
  const nearest = make("p", { class: "nearest", translate: "no" }),
    verdict = make("p", { class: "origin" });
  const memory = make(
    "div",
    { class: "memory" },
    make("h3", {}, say(words.nearest)),
    nearest,
    make("h3", {}, say(words.memory)),
    verdict,
  );
  const body = make("div", { class: "body" }, way, results, memory);
  body.hidden = true;
  root.append(waking, body);
  let value = null,
    sheets = {};

  function chip({ word, taught }) {
    return make(
      "span",
      { class: "word", title: say(words.taught) },
      make("b", {}, word),
      make("i", {}, taught.join(" ")),
    );
  }
  function choose(i) {
    [...results.children].forEach((button, j) => button.classList.toggle("chosen", i === j));
    noise.forEach((canvas, channel) => cut(canvas, sheets.noise, i * CHANNELS + channel));
    latent.forEach((canvas, channel) => cut(canvas, sheets.latents, i * CHANNELS + channel));
    cut(picture, sheets.sheet, i);
    nearest.textContent = value.nearest[i].join(" ");
  }
  function show() {
    told.replaceChildren(
      ...value.words.map(chip),
      ...(value.unwanted.length
        ? [make("span", { class: "away" }, `${say(words.away)} ${value.unwanted.join(" ")}`)]
        : []),
    );
    passes.textContent = say(words.passes, { steps: value.steps });
    results.hidden = value.nearest.length === 1;
    results.replaceChildren(
      ...value.nearest.map((near, i) => {
        const canvas = tile("", SIDE),
          label = say(words.one, { seed: value.seed + i, nearest: near[0] });
        cut(canvas, sheets.sheet, i);
        const button = make(
          "button",
          { type: "button", "aria-label": label, title: label },
          canvas,
        );
        for (const kind of ["click", "focus", "pointerenter"])
          button.addEventListener(kind, () => choose(i));
        return button;
      }),
    );
    const which = value.words.length === 1 ? "alone" : value.together.length ? "together" : "never";
    verdict.textContent = say(words[which], {
      emoji: (which === "alone" ? value.words[0].taught : value.together).join(" "),
    });
    choose(0);
  }
  function open() {
    const given = props.value,
      names = ["sheet", "noise", "latents"];
    if (!given?.sheet) return;
    const loaded = {};
    for (const name of names)
      sprite(given[name], (sheet) => {
        loaded[name] = sheet;
        if (props.value !== given || Object.keys(loaded).length < names.length) return;
        [value, sheets] = [given, loaded];
        waking.hidden = true;
        body.hidden = false;
        show();
      });
  }
  watch("value", open);
  open();
}
