// One training step of the denoiser in six steps. All numbers come at once, so that stepping waits
// for nothing.

import { columns, count_hidden, label_name } from "aigc/diffusion/views/procedure/batch.js";
import * as formulas from "aigc/diffusion/views/procedure/formulas.js";
import { change, update } from "aigc/diffusion/views/procedure/update.js";
import { share_bar } from "aigc/ui/bar_list.js";
import { sprite } from "aigc/ui/sprite.js";
import { formula, stepper } from "aigc/ui/stepper.js";
import { on_theme_change } from "aigc/ui/theme.js";

/** @typedef {import("aigc/diffusion/views/procedure/batch.js").Step} Step */

const STEPS = ["sample", "noise", "give", "predict", "measure", "learn"];
const LAST_T = 999;

/** @param {Given<Step>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = "drawing staged batch-of-pictures";
  root.append(make("p", { class: "waking" }, say(words.waking)));
  /** @type {Step} */
  let value = null;
  /** @type {HTMLImageElement} */
  let sheet = null;
  let chosen = 0;

  const { frame, body, said, show } = stepper(STEPS, words, {
    before: null,
    draw: (name) => DRAW[name](),
    arrow(by, event) {
      if (!(/** @type {Element} */ (event.target).closest(".member"))) return false;
      choose(chosen + by);
      return true;
    },
  });
  function choose(i) {
    chosen = Math.max(0, Math.min(value.t.length - 1, i));
    show();
    /** @type {HTMLElement} */ (body.querySelector('.member[aria-pressed="true"]'))?.focus();
  }
  /**
   * @param {string[]} symbols
   * @param {...import("aigc/diffusion/views/procedure/batch.js").Row} rows
   */
  const batch = (symbols, ...rows) =>
    columns({ root, words, step: value, sheet, chosen, choose }, symbols, rows);
  const label = (i) => label_name(value.labels[i]);
  const shares = (digits) => {
    const { keep, add } = formulas.shares(value.alpha_bar[chosen]);
    return { keep: number(keep, digits), add: number(add, digits) };
  };
  // What the sentences tell of the picture that is chosen.
  const about = () => ({
    place: chosen + 1,
    t: value.t[chosen],
    label: label(chosen),
    ...shares(2),
    share: number(100 * value.alpha_bar[chosen], value.alpha_bar[chosen] < 0.01 ? 2 : 0),
  });
  /** @type {import("aigc/diffusion/views/procedure/batch.js").Row} */
  const t_row = ["t", (i) => `${value.t[i]}`];

  const DRAW = {
    // 1. The pictures and their classes.
    sample() {
      said.textContent = say(words[value.drawn ? "sample_drawn" : "sample_said"], {
        count: value.t.length,
        hidden: count_hidden(value.labels),
        seed: value.seed,
      });
      return [formula(formulas.sampled(label(chosen))), batch(["x_{0}"], ["y", label])];
    },
    // 2. Each with the noise of its own level.
    noise() {
      said.textContent = say(words.noise_said, about());
      const { keep, add } = shares(3);
      return [
        formula(formulas.noised(keep, add, value.t[chosen])),
        batch(["x_{0}", "ε", "x_{t}"], t_row, ["ᾱ_{t}", (i) => number(value.alpha_bar[i], 3)]),
      ];
    },
    // 3. What the network is given: picture, level as waves, class as a vector.
    give() {
      const waves = value.waves[chosen];
      said.textContent = say(words.give_said, {
        ...about(),
        waves: waves.length,
        weights: number(value.weights, 0),
      });
      const strip = make(
        "div",
        { class: "waves", role: "img", "aria-label": say(words.waves) },
        ...waves.map((x) =>
          make("i", { class: x < 0 ? "down" : "up", style: `--x: ${Math.abs(x)}` }),
        ),
      );
      const level = (i) => [`${value.t[i]}`, share_bar(value.t[i] / LAST_T, "bare soft")];
      return [
        formula(formulas.given),
        batch(["x_{t}"], ["t", level], ["y", label]),
        make("h4", {}, say(words.waves)),
        strip,
      ];
    },
    // 4. The prediction beside what was right.
    predict() {
      said.textContent = say(words.predict_said, about());
      const { keep, add } = shares(3);
      return [formula(formulas.predicted(keep, add)), batch(["v̂", "v", "x̂_{0}", "x_{0}"])];
    },
    // 5. The squared error, place by place, picture by picture, in all.
    measure() {
      const [losses] = value.losses,
        [mean] = value.loss;
      const [most, least] = [Math.max(...losses), Math.min(...losses)],
        [worst, best] = [losses.indexOf(most), losses.indexOf(least)];
      said.textContent = say(words.measure_said, {
        ...{ loss: number(mean, 4) },
        ...{ worst: worst + 1, most: number(most, 3), worst_t: value.t[worst] },
        ...{ best: best + 1, least: number(least, 3), best_t: value.t[best] },
      });
      const terms = losses.slice(0, 3).map((loss) => number(loss, 3)),
        loss = number(losses[chosen], 4);
      return [
        formula(formulas.measured(chosen + 1, loss, terms, losses.length, number(mean, 4))),
        batch(
          ["v̂", "v", "(v̂ − v)^{2}"],
          ["ℓ", (i) => [number(losses[i], 3), share_bar(losses[i] / most, "bare loss")]],
          t_row,
        ),
      ];
    },
    // 6. The gradient, and what the update does to the loss.
    learn() {
      const { loss, gradient, clip, learning_rate } = value,
        [before, after] = loss;
      said.textContent = say(words[after < before ? "learn_fell" : "learn_rose"], {
        before: number(before, 4),
        after: number(after, 4),
        percent: number(Math.abs(change(before, after)), 1),
      });
      const text = formulas.updated(number(clip, 3), number(gradient, 3), learning_rate);
      return [formula(text), update(words, value)];
    },
  };

  function receive() {
    const given = props.value;
    if (!given?.sheet) return;
    sprite(given.sheet, (loaded) => {
      if (props.value !== given) return;
      if (value && (given.drawn !== value.drawn || given.seed !== value.seed)) chosen = 0;
      [value, sheet] = [given, loaded];
      root.dataset.shown = `${value.seed} ${value.learning_rate} ${value.drawn}`;
      if (!frame.isConnected) root.replaceChildren(frame);
      show();
    });
  }
  watch("value", receive);
  receive();
  on_theme_change(() => value && show());
}
