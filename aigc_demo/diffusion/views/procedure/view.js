// One training step of the denoiser in six steps. All numbers come at once, so that stepping waits
// for nothing. value: see procedure.py's `train`.

import { cut, PIXELS, sprite, tile } from "aigc/ui/sprite.js";
import { formula, stepper, typeset } from "aigc/ui/stepper.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged batch-of-pictures";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const STEPS = ["sample", "noise", "give", "predict", "measure", "learn"];
  const ROWS = {
    "x_{0}": [0, "data"],
    ε: [1, "noise"],
    "x_{t}": [2, "noise"],
    v: [3, "latent"],
    v̂: [4, "generated"],
    "x̂_{0}": [5, "generated"],
    "(v̂ − v)^{2}": [6, "loss"],
    after: [7, "loss"],
  };
  const PARTS = [
    "time",
    "label",
    "enter",
    "down_block",
    "down",
    "middle_before",
    "attention",
    "middle_after",
    "up",
    "up_block",
    "last_block",
    "leave",
  ]; // as a picture passes them
  const HIDDEN = 10;
  let value = null,
    sheet = null,
    chosen = 0;

  const signed = (x, digits) => number(x, digits).replace("-", "−");
  const keeps = (i) => Math.sqrt(value.alpha_bar[i]),
    adds = (i) => Math.sqrt(1 - value.alpha_bar[i]);
  const name_of = (label) => (label === HIDDEN ? "∅" : `${label}`);
  const { frame, body, said, show } = stepper(STEPS, words, {
    draw: (name) => DRAW[name](),
    arrow(by, event) {
      if (!event.target.closest(".member")) return false;
      choose(chosen + by);
      body.querySelector('.member[aria-pressed="true"]')?.focus();
      return true;
    },
  });
  function choose(i) {
    chosen = Math.max(0, Math.min(value.t.length - 1, i));
    show();
  }
  // One of the pictures; an error is drawn in the colour of the loss, as dense as it is large.
  function picture(symbol, i) {
    const [row, tone] = ROWS[symbol],
      canvas = tile("");
    cut(canvas, sheet, row * value.t.length + i);
    if (tone !== "loss") return canvas;
    const context = canvas.getContext("2d"),
      seen = context.getImageData(0, 0, PIXELS, PIXELS),
      make_up = make("i", { style: "color: var(--loss)" });
    root.append(make_up);
    const [r, g, b] = getComputedStyle(make_up).color.match(/\d+/g).map(Number);
    make_up.remove();
    for (let at = 0; at < seen.data.length; at += 4) seen.data.set([r, g, b, seen.data[at]], at);
    context.putImageData(seen, 0, 0);
    canvas.classList.remove("ink");
    return canvas;
  }
  // The batch: a column for each picture, a row for each symbol, under them rows of numbers; one
  // column is chosen.
  function columns(symbols, ...numbers) {
    const heads = [
      ...symbols.map((symbol) =>
        make(
          "span",
          { class: `name tone-${ROWS[symbol][1]}`, translate: "no" },
          ...typeset(symbol),
        ),
      ),
      ...numbers.map(([name]) =>
        make("span", { class: "name", translate: "no" }, ...typeset(name)),
      ),
    ];
    const each = value.t.map((t, i) => {
      const figures = numbers.map(([, shown]) =>
        make("span", { class: "figure" }, ...[shown(i)].flat()),
      );
      const pressed = {
        "aria-pressed": i === chosen,
        tabindex: i === chosen ? 0 : -1,
        "aria-label": say(words.picture, { place: i + 1, label: name_of(value.labels[i]), t }),
      };
      const column = make(
        "button",
        { type: "button", class: "member", ...pressed },
        ...symbols.map((symbol) => picture(symbol, i)),
        ...figures,
      );
      column.addEventListener("click", () => {
        choose(i);
        body.querySelector('.member[aria-pressed="true"]')?.focus();
      });
      return column;
    });
    const style = `--lines: ${symbols.length + numbers.length}; --pictures: ${symbols.length}; --count: ${each.length}`;
    return make(
      "div",
      { class: "scroll" },
      make(
        "div",
        { class: "columns-of", role: "group", "aria-label": say(words.batch), style },
        make("div", { class: "names" }, ...heads),
        ...each,
      ),
    );
  }
  const whole = (i) => `${value.t[i]}`,
    share = (i) => number(value.alpha_bar[i], 3),
    label = (i) => name_of(value.labels[i]);
  const bar = (part, ...classes) =>
    make("i", {
      class: ["bar", ...classes].join(" "),
      style: `--share: ${Math.max(0, Math.min(1, part))}`,
    });
  const about = () => ({
    place: chosen + 1,
    t: value.t[chosen],
    label: name_of(value.labels[chosen]),
    keep: number(keeps(chosen), 2),
    add: number(adds(chosen), 2),
    share: number(100 * value.alpha_bar[chosen], value.alpha_bar[chosen] < 0.01 ? 2 : 0),
  });

  const DRAW = {
    // 1. The pictures and their classes.
    sample() {
      const hidden = value.labels.filter((each) => each === HIDDEN).length;
      said.textContent = say(words[value.drawn ? "sample_drawn" : "sample_said"], {
        count: value.t.length,
        hidden,
        seed: value.seed,
      });
      return [
        formula(
          `|data:x_{0}| ∼ q( x | y )     y = ${label(chosen)}     t ∼ U{ 0 … 999 }     |noise:ε| ∼ N( 0, I )`,
        ),
        columns(["x_{0}"], ["y", label]),
      ];
    },
    // 2. Each with the noise of its own level.
    noise() {
      said.textContent = say(words.noise_said, about());
      const i = chosen;
      return [
        formula(
          `|noise:x_{t}| = √ᾱ_{t} |data:x_{0}| + √(1 − ᾱ_{t}) |noise:ε| = ${number(keeps(i), 3)} |data:x_{0}| + ${number(adds(i), 3)} |noise:ε|     t = ${value.t[i]}`,
        ),
        columns(["x_{0}", "ε", "x_{t}"], ["t", whole], ["ᾱ_{t}", share]),
      ];
    },
    // 3. What the network is given: picture, level as waves, class as a vector.
    give() {
      said.textContent = say(words.give_said, {
        ...about(),
        waves: value.waves[chosen].length,
        weights: number(value.weights, 0),
      });
      const strip = make(
        "div",
        { class: "waves", role: "img", "aria-label": say(words.waves) },
        ...value.waves[chosen].map((x) =>
          make("i", { class: x < 0 ? "down" : "up", style: `--x: ${Math.abs(x)}` }),
        ),
      );
      const levels = ["t", (i) => [whole(i), bar(value.t[i] / 999)]];
      return [
        formula(
          "|generated:v̂| = v_{θ}( |noise:x_{t}| , t , y )     t ↦ sin( t f_{k} ), cos( t f_{k} )",
        ),
        columns(["x_{t}"], levels, ["y", label]),
        make("h4", {}, say(words.waves)),
        strip,
      ];
    },
    // 4. The prediction beside what was right.
    predict() {
      const i = chosen;
      said.textContent = say(words.predict_said, about());
      return [
        formula(
          `|generated:x̂_{0}| = √ᾱ_{t} |noise:x_{t}| − √(1 − ᾱ_{t}) |generated:v̂| = ${number(keeps(i), 3)} |noise:x_{t}| − ${number(adds(i), 3)} |generated:v̂|`,
        ),
        columns(["v̂", "v", "x̂_{0}", "x_{0}"]),
      ];
    },
    // 5. The squared error, place by place, picture by picture, in all.
    measure() {
      const losses = value.losses[0],
        most = Math.max(...losses),
        i = chosen;
      const worst = losses.indexOf(most),
        least = losses.indexOf(Math.min(...losses));
      said.textContent = say(words.measure_said, {
        loss: number(value.loss[0], 4),
        worst: worst + 1,
        most: number(most, 3),
        worst_t: value.t[worst],
        best: least + 1,
        least: number(losses[least], 3),
        best_t: value.t[least],
      });
      const terms = losses
        .slice(0, 3)
        .map((loss) => number(loss, 3))
        .join(" + ");
      return [
        formula(
          `|loss:ℓ_{${i + 1}}| = 1/784 · ∑ ( |generated:v̂| − |latent:v| )^{2} = |loss:${number(losses[i], 4)}|     |loss:L| = 1/${losses.length} · ( ${terms} + … ) = |loss:${number(value.loss[0], 4)}|`,
        ),
        columns(
          ["v̂", "v", "(v̂ − v)^{2}"],
          ["ℓ", (at) => [number(losses[at], 3), bar(losses[at] / most, "loss")]],
          ["t", whole],
        ),
      ];
    },
    // 6. The gradient part by part, and the loss of the same batch before and after.
    learn() {
      const { loss, losses, gradients, gradient, clip, learning_rate } = value,
        fell = loss[1] < loss[0],
        most = Math.max(...Object.values(gradients)),
        largest = Math.max(...losses.flat());
      const parts = PARTS.map((part) => [part, gradients[part]]).map(([part, norm]) =>
        make(
          "tr",
          {},
          make("th", { scope: "row" }, say(words[part])),
          make("td", { class: "wide" }, bar(norm / most, "loss")),
          make("td", { class: "figure" }, number(norm, 3)),
        ),
      );
      const pairs = losses[0].map((before, i) =>
        make(
          "span",
          { class: "pair", title: `${i + 1}: ${number(before, 3)} → ${number(losses[1][i], 3)}` },
          make("i", { style: `--share: ${before / largest}` }),
          make("i", { class: "hollow", style: `--share: ${losses[1][i] / largest}` }),
          make("b", {}, `${i + 1}`),
        ),
      );
      said.textContent = say(words[fell ? "learn_fell" : "learn_rose"], {
        before: number(loss[0], 4),
        after: number(loss[1], 4),
        percent: number(Math.abs(100 * (loss[1] / loss[0] - 1)), 1),
      });
      return [
        formula(
          `ĝ = g · min( 1, 1 / ‖g‖ ) = g · ${number(clip, 3)}     w ← w − η ĝ     ‖ g ‖ = ${number(gradient, 3)}     η = ${learning_rate}`,
        ),
        make(
          "div",
          { class: "two" },
          make(
            "div",
            {},
            make("h4", {}, say(words.gradient)),
            make("table", {}, make("tbody", {}, ...parts)),
          ),
          make(
            "div",
            {},
            make("h4", {}, say(words.lossnow)),
            make(
              "p",
              { class: "big" },
              make("span", {}, number(loss[0], 4)),
              make("b", {}, fell ? "↘" : "↗"),
              make("span", {}, number(loss[1], 4)),
            ),
            make("h4", {}, say(words.pairs)),
            make("div", { class: "pairs", role: "img", "aria-label": say(words.pairs) }, ...pairs),
          ),
        ),
      ];
    },
  };

  function come() {
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
  watch("value", come);
  come();
  new MutationObserver(() => {
    if (value) show();
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] }); // another theme, other colours
}
