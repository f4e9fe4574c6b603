// The discriminator's verdict on a drawing, class by class, and which pixels speak for it.

import { class_bars } from "aigc/gan/views/critic/bars.js";
import { paint_saliency } from "aigc/gan/views/critic/saliency.js";
import { draw_tile, sprite, tile_canvas } from "aigc/ui/sprite.js";
import { on_theme_change } from "aigc/ui/theme.js";

/**
 * What view.py's `judge` returns.
 * @typedef {object} Verdict
 * @property {string} picture the drawing as D gets it, a PNG data URI
 * @property {number[]} real D(x, y) for each digit y, from 0 to 1
 * @property {number[]} logits
 * @property {number[][]} slopes of each logit by each pixel, in per cent of the steepest
 * @property {number} read the digit that the classifier reads
 * @property {number} certainty its probability
 */

/** @param {Given<Verdict>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing critic";
  /** @type {Verdict} */
  let value = null;
  let chosen = 0;

  const waking = make("p", { class: "waking" }, say(words.waking)),
    reads = make("p", { class: "note", "aria-live": "polite" });
  const own = tile_canvas(say(words.drawing)),
    map = tile_canvas(say(words.map)),
    named = make("span"),
    bars = class_bars(words, choose);
  const body = stage(words, { own, map, named, bars });
  body.hidden = true;
  root.append(waking, body, reads, make("p", { class: "hint" }, say(words.hint)));

  function choose(digit) {
    chosen = digit;
    bars.mark(digit);
    named.replaceChildren(
      make("em", {}, "∂ℓ(x, "),
      make("b", {}, digit),
      make("em", {}, ") / ∂x"),
      make("span", {}, say(words.map)),
    );
    paint_saliency(map, value.slopes[digit]);
  }
  function draw() {
    if (!props.value?.slopes || props.value === value) return;
    value = props.value;
    waking.hidden = true;
    body.hidden = false;
    sprite(value.picture, (sheet) => draw_tile(own, sheet, 0));
    bars.show(value);
    reads.textContent = say(words.reads, {
      digit: value.read,
      certainty: `${Math.round(100 * value.certainty)} %`,
      share: number(value.real[value.read], 2),
    });
    choose(value.read);
  }
  watch("value", draw);
  draw();
  on_theme_change(() => value && choose(chosen));
}

// The drawing, the map of one class with its legend, and the bars.
function stage(words, { own, map, named, bars }) {
  const { make, say } = window.aigc;
  const figure = (colour, canvas, ...name) =>
    make(
      "figure",
      { class: colour },
      make("div", { class: "frame" }, canvas),
      make("figcaption", {}, ...name),
    );
  const legend = make(
    "p",
    { class: "key" },
    make("span", { class: "for" }, "■ ", say(words.for)),
    make("span", { class: "against" }, "■ ", say(words.against)),
  );
  return make(
    "div",
    { class: "critic-stage" },
    figure("data", own, make("em", {}, "x"), make("span", {}, say(words.drawing))),
    figure("noise", map, named, legend),
    bars.element,
  );
}
