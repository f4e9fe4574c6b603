// The map of two latent numbers. A place is decoded past the queue; until that arrives its cell of
// the map is shown.

import { format_number } from "aigc/ui/format.js";
import { latest_request } from "aigc/ui/latest_request.js";
import { draw_tile, sprite } from "aigc/ui/sprite.js";
import { on_theme_change } from "aigc/ui/theme.js";
import { cell_of, prior_density } from "aigc/vae/views/map/geometry.js";
import { stage } from "aigc/vae/views/map/stage.js";

/** @import { Latent } from "aigc/vae/views/map/geometry.js" */
/**
 * Where a digit of the visitor's own lies.
 * @typedef {object} Mark
 * @property {string} x the digit as the encoder gets it, a PNG data URI
 * @property {string} x_hat what it comes back as, likewise
 * @property {Latent} mean
 * @property {[number, number]} sigma
 * @property {number} reconstruction nats
 * @property {number} kl nats
 */
/**
 * What view.py's `atlas` returns.
 * @typedef {object} Atlas
 * @property {number} beta
 * @property {number} side pictures a side
 * @property {string} sheet the pictures as one, a PNG data URI
 * @property {number} fine readings a side
 * @property {number[]} readings the digit that is read at each place of a finer grid
 * @property {number[]} certainty its probability
 * @property {Mark | null} mark
 */
/**
 * What view.py's `point` returns.
 * @typedef {{ z: Latent, picture: string, digit: number, share: number, density: number }} Point
 */
/** @typedef {HTMLElement & { take(drawing: string | null): void, look(): object }} Root */

const SPEAKS_AFTER = 400; // milliseconds of rest

/** @param {Given<Atlas>} given */
export default function mount({ element, trigger, props, server, watch }) {
  const words = props.words,
    extent = props.extent;
  /** @type {Root} */
  const root = element.querySelector(".drawing");
  root.className = "drawing atlas";
  /** @type {Atlas} */
  let value = null;
  /** @type {Latent} */
  let at = [0, 0];
  let sheet = null, // of `value`
    beta = 1,
    drawing = null,
    follows = false; // whether the cross goes to the next digit's mu

  const parts = stage(
    words,
    { betas: props.betas, extent },
    {
      weigh: (to) => {
        beta = to;
        ask();
      },
      move: (z) => {
        at = z;
        visit();
      },
      go: () => parts.plane.go(value.mark.mean),
    },
  );
  root.append(parts.waking, parts.body);

  // --- The map ---
  const look = latest_request(
    (asked) => server.look(asked),
    (answer, asked, last) => {
      if (answer) receive(answer);
      else if (last) trigger("select", asked); // in the queue a mistake is explained
    },
  );
  const ask = () => look({ drawing, beta });
  root.take = (drawn) => {
    if (!drawn) return;
    [drawing, follows] = [drawn, true];
    ask();
  };
  function receive(answer = props.value) {
    if (!answer?.readings) return;
    sprite(answer.sheet, (loaded) => {
      const first = !value;
      [value, sheet] = [answer, loaded];
      if (first) {
        [beta, drawing] = [value.beta, drawing ?? value.mark?.x ?? null];
        parts.beta.set(beta);
      }
      parts.waking.hidden = true;
      parts.body.hidden = false;
      parts.plane.sheet(sheet);
      parts.plane.tint(value);
      show_mark(value.mark);
      if ((first || follows) && value.mark) parts.plane.go(value.mark.mean);
      else visit();
      follows = false;
      root.dataset.beta = String(value.beta);
    });
  }
  function show_mark(mark) {
    parts.own.element.hidden = !mark;
    parts.plane.mark(mark);
    if (!mark) return;
    sprite(mark.x, (picture) => draw_tile(parts.own.x, picture, 0));
    sprite(mark.x_hat, (picture) => draw_tile(parts.own.x_hat, picture, 0));
    parts.own.sums.replaceChildren(latent("μ", mark.mean), latent("σ", mark.sigma));
  }

  // --- A place on it ---
  const point = latest_request(
    (asked) => server.point(asked),
    (/** @type {Point} */ answer, asked, last) => {
      if (!answer || !last || asked.beta !== value.beta) return;
      sprite(answer.picture, (picture) => {
        if (asked.z !== at) return;
        draw_tile(parts.x_hat, picture, 0);
        describe(answer.digit, answer.share);
        root.dataset.exact = asked.z.join(" ");
      });
    },
  );
  function visit() {
    if (!value) return;
    const cell = cell_of(at, value.fine, extent);
    draw_tile(parts.x_hat, sheet, cell_of(at, value.side, extent));
    describe(value.readings[cell], value.certainty[cell]);
    point({ z: at, beta: value.beta });
  }
  const describe = describer(words, parts, () => at);
  root.look = () => ({ value, at, beta }); // for whoever wants the numbers unrounded
  watch("value", () => receive());
  receive();
  on_theme_change(() => value && parts.plane.tint(value));
}

// What says where one is, how likely that is, and what is read there; aloud when one rests.
function describer(words, { place, reading, spoken }, now) {
  const { make, say, number } = window.aigc;
  const letter = (name) => make("em", {}, name);
  let waiting = null;
  return (digit, share) => {
    const z = now(),
      density = ["(", letter("z"), `) = ${number(prior_density(z), 4)}`];
    place.replaceChildren(latent("z", z), make("span", {}, letter("p"), ...density));
    reading.textContent = say(words.reads, { digit, share: `${Math.round(100 * share)} %` });
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const [across, up] = z.map((value) => format_number(value, 1));
      spoken.textContent = say(words.place, { across, up, digit });
    }, SPEAKS_AFTER);
  };
}

/**
 * Two numbers under their name.
 * @param {string} name
 * @param {[number, number]} pair
 */
function latent(name, pair) {
  const { make } = window.aigc;
  const text = ` = (${pair.map((each) => format_number(each, 2)).join(", ")})`;
  return make("span", { class: "latent" }, make("em", {}, name), text);
}
