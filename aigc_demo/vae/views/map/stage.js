// What is seen of the map: the slider of beta, the plane, the picture at the cross, and the digit
// of the visitor's own.

import { tile_canvas } from "aigc/ui/sprite.js";
import { beta_slider } from "aigc/vae/views/_shared/beta_slider.js";
import { latent_plane } from "aigc/vae/views/map/plane.js";

/** @import { Latent } from "aigc/vae/views/map/geometry.js" */

/**
 * @param {Words} words
 * @param {{ betas: [number, number], extent: number }} ranges
 * @param {object} actions
 * @param {(beta: number) => void} actions.weigh
 * @param {(z: Latent) => void} actions.move
 * @param {() => void} actions.go to where the digit of the visitor's own lies
 */
export function stage(words, { betas, extent }, { weigh, move, go }) {
  const { make, say } = window.aigc;
  const waking = make("p", { class: "waking" }, say(words.waking)),
    place = make("p", { class: "place", translate: "no" }),
    reading = make("p", { class: "reading" }),
    spoken = make("p", { class: "spoken", "aria-live": "polite" });
  const x_hat = tile_canvas(say(words.decoded)),
    plane = latent_plane(words, extent, move),
    beta = beta_slider(words, betas, weigh),
    own = own_digit(words, go);
  const large = figure("generated", "x̂", say(words.decoded), x_hat);
  large.classList.add("large");
  const chart = make(
    "div",
    { class: "chart-side" },
    plane.element,
    make(
      "div",
      { class: "under" },
      kind_toggle(words, plane.element),
      make("p", { class: "hint" }, say(words.rings)),
    ),
  );
  const here = make("div", { class: "here" }, large, make("div", {}, place, reading)),
    beside = make("div", { class: "beside" }, here, own.element, spoken),
    halves = make("div", { class: "halves" }, chart, beside),
    body = make("div", { class: "body" }, beta.element, halves);
  body.hidden = true;
  return { waking, body, place, reading, spoken, x_hat, plane, beta, own };
}

// The digit of the visitor's own, what it comes back as, and where it lies.
function own_digit(words, go) {
  const { make, say } = window.aigc;
  const x = tile_canvas(say(words.yours)),
    x_hat = tile_canvas(say(words.back)),
    sums = make("p", { class: "sums", translate: "no" });
  const button = make("button", { type: "button", class: "go" }, say(words.go));
  button.addEventListener("click", go);
  const pair = make(
    "div",
    { class: "pair" },
    figure("data", "x", say(words.yours), x),
    figure("generated", "x̂", say(words.back), x_hat),
  );
  const hint = make("p", { class: "hint" }, say(words.mark));
  return { element: make("div", { class: "mine" }, pair, sums, hint, button), x, x_hat, sums };
}

// Whether the plane shows pictures or regions.
function kind_toggle(words, chart) {
  const { make, say } = window.aigc;
  const kinds = ["pictures", "regions"];
  const buttons = kinds.map((kind) => {
    const button = make("button", { type: "button" }, say(words[kind]));
    button.addEventListener("click", () => choose(kind));
    return button;
  });
  function choose(kind) {
    chart.classList.toggle("by-region", kind === "regions");
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(kinds[i] === kind));
    });
  }
  choose("pictures");
  const look = { class: "toggle", role: "group", "aria-label": say(words.shown) };
  return make("div", look, ...buttons);
}

function figure(colour, symbol, name, canvas) {
  const { make } = window.aigc;
  return make(
    "figure",
    { class: colour },
    make("div", { class: "frame" }, canvas),
    make("figcaption", {}, make("b", { translate: "no" }, symbol), ` ${name}`),
  );
}
