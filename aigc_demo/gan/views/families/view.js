// Two families side by side on the same data. value: see families.py's compare.

import { cut, sprite, tile } from "aigc/ui/sprite.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing families";
  const waking = make("p", { class: "waking" }, say(words.waking)),
    body = make("div");
  root.append(waking, body);

  function side(name, family, { columns, digit }) {
    const pictures = make("div", { class: "tiles", style: `--columns: ${columns}` });
    const note =
      name === "vae" && digit !== "all"
        ? say(words.vae_sorted, { drawn: family.drawn, digit })
        : say(words[`${name}_note`]);
    sprite(family.sheet, (sheet) => {
      const shown = family.reads.map((digit, i) => {
        const made = tile(`${digit}`);
        cut(made, sheet, i);
        return make("figure", {}, made);
      });
      pictures.replaceChildren(...shown);
      if (family.nearest)
        sprite(family.nearest, (real) =>
          shown.forEach((figure, i) => {
            const twin = tile(say(words.nearest));
            cut(twin, real, i);
            figure.append(make("span", { class: "twin" }, twin));
          }),
        );
    });
    return make(
      "section",
      { class: name === "gan" ? "generated" : "latent" },
      make("h3", {}, say(words[name])),
      make("p", { class: "note" }, note),
      pictures,
    );
  }
  const shown = {
    time: ({ milliseconds }) => `${number(milliseconds, 2)} ms`,
    read: ({ right }) => (right === null ? null : `${Math.round(100 * right)} %`),
    certainty: ({ certainty }) => `${number(100 * certainty, 1)} %`,
    grey: ({ grey }) => `${number(100 * grey, 1)} %`,
    diversity: ({ diversity }) => (diversity === null ? null : number(diversity, 1)),
    apart: ({ apart }) => (apart === null ? null : number(apart, 1)),
    fid: ({ fid }) => fid ?? null,
    likelihood: ({ likelihood }) => (likelihood ? `≤ ${number(likelihood, 1)} nats` : null),
    weights: ({ weights }) => (weights ? `${number(weights / 1e6, 2)} M` : null),
  };
  function draw() {
    const value = props.value;
    if (!value?.families) return;
    waking.hidden = true;
    const { gan, vae } = value.families;
    const rows = Object.entries(shown).filter(([, of]) => of(gan) !== null || of(vae) !== null);
    const cell = (kind, text) => make("td", { class: kind }, text ?? "–");
    const table = make(
      "table",
      {},
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          make("td"),
          make("th", { scope: "col", class: "generated" }, "GAN"),
          make("th", { scope: "col", class: "latent" }, "VAE"),
        ),
      ),
      make(
        "tbody",
        {},
        ...rows.map(([key, of]) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, say(words[key])),
            cell("generated", of(gan)),
            cell("latent", of(vae)),
          ),
        ),
      ),
    );
    body.replaceChildren(
      make("div", { class: "sides" }, side("gan", gan, value), side("vae", vae, value)),
      table,
      make("p", { class: "hint" }, say(value.nearest ? words.nearest : words.no_data)),
    );
  }
  watch("value", draw);
  draw();
}
