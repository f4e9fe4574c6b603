// An emoji on its way through 16 by 16 by 4 numbers, and the mixture of two. The browser draws the
// emoji, for the server may have no font.

import { emoji_canvas, first_character } from "aigc/ui/emoji_canvas.js";
import { latest_request } from "aigc/ui/latest_request.js";
import { sprite } from "aigc/ui/sprite.js";
import { on_theme_change } from "aigc/ui/theme.js";
import { paint_latent } from "aigc/vae/views/emoji/latent_maps.js";
import { stage } from "aigc/vae/views/emoji/stage.js";

/** @import { Latent } from "aigc/vae/views/emoji/latent_maps.js" */
/** @typedef {[string, string]} Pair the two emoji with which the view opens */
/**
 * What view.py's `look` returns: where it failed, only the problem.
 * @typedef {object} Mixture
 * @property {string} sheet the pictures decoded between both, a row, a PNG data URI
 * @property {number} frames how many
 * @property {[Latent, Latent]} latents
 * @property {number} sigma mean of the encoder's
 * @property {[number, number]} psnr of both emoji when they come back, dB
 * @property {Both} [problem]
 */
/**
 * What view.py's `look` is asked, and what was drawn for it.
 * @typedef {object} Question
 * @property {string} first a PNG data URI
 * @property {string} second likewise
 * @property {HTMLCanvasElement[]} drawn
 * @property {Pair} texts
 * @property {boolean} at whether the second is seen
 */
/** @typedef {HTMLElement & { take(which: 0 | 1, text: string): void }} Root */

/** @param {Given<Pair>} given */
export default function mount({ element, props, server, watch }) {
  const { say, number } = window.aigc;
  const words = props.words,
    side = props.side;
  /** @type {Root} */
  const root = element.querySelector(".drawing");
  root.className = "drawing emoji-way";
  /** @type {Pair} */
  let texts = null;
  /** @type {Mixture} */
  let value = null;
  let sheet = null, // of `value`
    drawn = []; // both emoji of `value`
  const parts = stage(words, side),
    slider = parts.slider;
  root.append(parts.waking, parts.problem, parts.body);

  root.take = (which, text) => {
    const chosen = first_character(text);
    if (!texts) return;
    parts.problem.textContent = chosen ? "" : say(words.no_emoji);
    if (!chosen || chosen === texts[which]) return;
    texts[which] = chosen;
    slider.value = which ? slider.max : "0";
    ask();
  };
  const look = latest_request(
    (/** @type {Question} */ { first, second }) => server.look({ first, second }),
    receive,
  );
  function ask() {
    const pictures = texts.map((text) => emoji_canvas(text, side)),
      [first, second] = pictures.map((picture) => picture.toDataURL("image/png"));
    look({ first, second, drawn: pictures, texts: [...texts], at: +slider.value > 0 });
  }
  /**
   * @param {Mixture | null} answer
   * @param {Question} asked
   * @param {boolean} last
   */
  function receive(answer, asked, last) {
    if (!last) return;
    if (!answer?.sheet) {
      parts.problem.textContent = say(answer?.problem ?? words.lost);
      return;
    }
    sprite(answer.sheet, (picture) => {
      [value, sheet, drawn] = [answer, picture, asked.drawn];
      parts.waking.hidden = true;
      parts.body.hidden = false;
      slider.max = String(value.frames - 1);
      slider.value = asked.at ? slider.max : "0";
      [parts.from.textContent, parts.to.textContent] = asked.texts;
      show();
      root.dataset.shown = asked.texts.join(" ");
    });
  }
  function show() {
    const frame = +slider.value,
      t = frame / (value.frames - 1),
      context = parts.x.getContext("2d");
    context.globalAlpha = 1;
    context.drawImage(drawn[0], 0, 0);
    context.globalAlpha = t;
    context.drawImage(drawn[1], 0, 0);
    const x_hat = parts.x_hat.getContext("2d");
    x_hat.drawImage(sheet, frame * side, 0, side, side, 0, 0, side, side);
    paint_latent(parts.maps, value.latents, t);
    parts.caption.textContent = caption(t);
    slider.setAttribute("aria-valuetext", parts.caption.textContent);
  }
  function caption(t) {
    if (t !== 0 && t !== 1) return say(words.between, { t: number(t, 2) });
    return say(words.at_end, { psnr: number(value.psnr[t], 1), sigma: number(value.sigma, 2) });
  }
  slider.addEventListener("input", show);
  function open() {
    if (!Array.isArray(props.value) || texts) return;
    texts = [...props.value];
    ask();
  }
  watch("value", open);
  open();
  on_theme_change(() => value && show());
}
