// What is seen of a digit's way through the autoencoder: the slider of beta, the pipeline, the
// loss, and two rows of pictures.

import { tile_canvas } from "aigc/ui/sprite.js";
import { beta_slider } from "aigc/vae/views/_shared/beta_slider.js";
import { loss_bar } from "aigc/vae/views/digit/losses.js";
import { latent_numbers } from "aigc/vae/views/digit/numbers.js";
import { draw_tiles, traversal_tiles } from "aigc/vae/views/digit/tiles.js";

/**
 * @param {Words} words
 * @param {[number, number]} betas
 * @param {object} actions
 * @param {(beta: number) => void} actions.weigh
 * @param {(index: number) => void} actions.choose a number of z
 * @param {(draw: number) => void} actions.pick
 * @param {() => void} actions.resample
 * @param {(value: number) => void} actions.turn
 */
export function stage(words, betas, { weigh, choose, pick, resample, turn }) {
  const { make, say } = window.aigc;
  const waking = make("p", { class: "waking" }, say(words.waking)),
    reading = make("p", { class: "reading", "aria-live": "polite" }),
    sum = make("p", { class: "sum", translate: "no" }),
    active = make("p", { class: "active" });
  const x = tile_canvas(say(words.x)),
    x_hat = tile_canvas(say(words.x_hat)),
    beta = beta_slider(words, betas, weigh),
    numbers = latent_numbers(words, choose),
    loss = loss_bar(words, choose),
    draws = draw_tiles(words, pick, resample),
    traversal = traversal_tiles(words, turn);
  const result = figure("generated", "x̂", say(words.x_hat), x_hat);
  result.append(reading);
  const body = make(
    "div",
    { class: "body" },
    beta.element,
    make(
      "div",
      { class: "way", role: "group", "aria-label": say(words.pipeline) },
      figure("data", "x", say(words.x), x),
      funnel("encoder", say(words.encoder)),
      make("div", { class: "middle" }, numbers.element, sum, active),
      funnel("decoder", say(words.decoder)),
      result,
    ),
    loss.element,
    make("div", { class: "rows" }, draws.element, traversal.element),
  );
  body.hidden = true;
  return {
    ...{ waking, body, x, x_hat, reading, sum, active },
    ...{ beta, numbers, loss, draws, traversal },
  };
}

function figure(colour, symbol, name, canvas) {
  const { make } = window.aigc;
  return make(
    "figure",
    { class: `end ${colour}` },
    make("div", { class: "frame" }, canvas),
    make("figcaption", {}, make("b", { translate: "no" }, symbol), ` ${name}`),
  );
}

function funnel(look, name) {
  const { make } = window.aigc;
  return make("div", { class: `funnel ${look}` }, make("span", {}, name));
}
