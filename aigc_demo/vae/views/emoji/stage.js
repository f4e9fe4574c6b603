// What is seen of an emoji's way: picture, latent, picture, and the slider between two.

import { CHANNELS, PLACES } from "aigc/vae/views/emoji/latent_maps.js";

/**
 * @param {Words} words
 * @param {number} side pixels of an emoji
 */
export function stage(words, side) {
  const { make, say } = window.aigc;
  const x = canvas(side, say(words.x)),
    x_hat = canvas(side, say(words.x_hat)),
    maps = Array.from({ length: CHANNELS }, (_, i) => canvas(PLACES, `${say(words.map)} ${i + 1}`));
  const slider = make("input", {
    ...{ type: "range", min: 0, step: 1, value: 0 },
    "aria-label": say(words.mixture),
  });
  const from = make("b", { class: "from" }),
    to = make("b", { class: "to" });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const middle = make(
    "div",
    { class: "middle" },
    make("div", { class: "maps" }, ...maps),
    make("p", { class: "numbers" }, say(words.numbers)),
  );
  const way = make(
    "div",
    { class: "way" },
    end("data", "x", say(words.x), x),
    funnel("encoder", say(words.encoder)),
    middle,
    funnel("decoder", say(words.decoder)),
    end("generated", "x̂", say(words.x_hat), x_hat),
  );
  const scale = make("div", { class: "scale" }, from, slider, to),
    body = make("div", { class: "body" }, way, scale, caption);
  body.hidden = true;
  return {
    ...{ body, x, x_hat, maps, slider, from, to, caption },
    waking: make("p", { class: "waking" }, say(words.waking)),
    problem: make("p", { class: "problem", role: "alert" }),
  };
}

function canvas(size, name) {
  const look = { class: "picture", role: "img", "aria-label": name };
  return window.aigc.make("canvas", { width: size, height: size, ...look });
}

function end(colour, symbol, name, picture) {
  const { make } = window.aigc;
  return make(
    "figure",
    { class: `end ${colour}` },
    make("div", { class: "frame" }, picture),
    make("figcaption", {}, make("b", { translate: "no" }, symbol), name),
  );
}

function funnel(look, name) {
  const { make } = window.aigc;
  return make("div", { class: `funnel ${look}` }, make("span", {}, name));
}
