// A digit's way through the autoencoder. value: see digit.py's reconstruct. The dial and the draws
// are answered past the queue.

import { latest } from "aigc/ui/latest.js";
import { cut, sprite, tile } from "aigc/ui/sprite.js";
import { dial } from "aigc/vae/views/_shared/dial.js";
import { losses } from "aigc/vae/views/digit/losses.js";
import { numbers, written } from "aigc/vae/views/digit/numbers.js";

export default function mount({ element, trigger, props, server, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const TURNS = 25,
    REACH = 3,
    SHOWN = 7; // positions of the knob, as in trace.py; pictures in each row
  const root = element.querySelector(".drawing");
  root.className = "drawing passage";
  let value = null,
    beta = 1,
    seed = 0,
    weights = "",
    drawing = null,
    draw = 1,
    number_at = 0,
    by_hand = null,
    ways = null,
    dialled = null;

  // --- What is on the stage ---
  const waking = make("p", { class: "waking" }, say(words.waking));
  const x = tile(say(words.x)),
    x_hat = tile(say(words.x_hat));
  const bars = numbers(words, choose),
    bill = losses(words, choose);
  const knob = dial(words, props.betas, (to) => {
    beta = to;
    ask();
  });
  const figure = (colour, symbol, name, canvas) =>
    make(
      "figure",
      { class: `end ${colour}` },
      make("div", { class: "frame" }, canvas),
      make("figcaption", {}, make("b", { translate: "no" }, symbol), ` ${say(name)}`),
    );
  const funnel = (name) =>
    make("div", { class: `funnel ${name}` }, make("span", {}, say(words[name])));
  const reading = make("p", { class: "reading", "aria-live": "polite" }),
    sum = make("p", { class: "sum", translate: "no" }),
    active = make("p", { class: "active" });
  const button = (attributes, act, ...children) => {
    const made = make("button", { type: "button", ...attributes }, ...children);
    made.addEventListener("click", act);
    return made;
  };
  const draws = Array.from({ length: SHOWN }, (_, i) => {
    const canvas = tile(""),
      caption = make("span", { translate: "no" });
    return { canvas, caption, button: button({ class: "draw" }, () => pick(i), canvas, caption) };
  });
  const turns = Array.from({ length: SHOWN }, (_, i) => tile(String(i - REACH)));
  const turn = make("input", {
    type: "range",
    min: -REACH,
    max: REACH,
    step: (2 * REACH) / (TURNS - 1),
    "aria-label": say(words.turn),
  });
  const turn_title = make("h3"),
    turned = make("output", { translate: "no" });
  const result = figure("generated", "x̂", words.x_hat, x_hat);
  result.append(reading);
  const body = make(
    "div",
    { class: "body" },
    knob.element,
    make(
      "div",
      { class: "way", role: "group", "aria-label": say(words.pipeline) },
      figure("data", "x", words.x, x),
      funnel("encoder"),
      make("div", { class: "middle" }, bars.element, sum, active),
      funnel("decoder"),
      result,
    ),
    bill.element,
    make(
      "div",
      { class: "rows" },
      make(
        "section",
        {},
        make(
          "h3",
          {},
          say(words.draws),
          button(
            { class: "resample" },
            () => {
              seed += 1;
              draw = 1;
              by_hand = null;
              ask();
            },
            say(words.resample),
          ),
        ),
        make("div", { class: "tiles" }, ...draws.map(({ button }) => button)),
      ),
      make(
        "section",
        {},
        turn_title,
        make("div", { class: "tiles turns", "aria-hidden": "true" }, ...turns),
        turn,
      ),
    ),
  );
  body.hidden = true;
  root.append(waking, body);
  turn_title.append(make("span"), turned);

  // --- Asking ---
  const look = latest(
    (asked) => server.look(asked),
    (answer, asked, last) => {
      if (answer) receive(answer);
      else if (last) trigger("select", asked); // in the queue a mistake is explained
    },
  );
  const ask = () => drawing && look({ drawing, beta, seed, weights });
  root.weigh = (name) => {
    weights = name;
    by_hand = null;
    ask();
  }; // other weights, from the Hub; "": those that are shipped
  root.take = (drawn) => {
    if (drawn) {
      drawing = drawn;
      by_hand = null;
      ask();
    }
  }; // what is on the pad now

  const turn_all = latest(
    ({ of, draw, ...asked }) => server.turn({ ...asked, weights }),
    (answer, asked) => {
      if (!answer || asked.of !== value) return;
      sprite(answer.sheet, (sheet) => {
        if (asked.of !== value || asked.dimension !== number_at || asked.draw !== draw) return;
        ways = { ...answer, sheet };
        turns.forEach((canvas, i) =>
          cut(canvas, sheet, Math.round((i * (TURNS - 1)) / (SHOWN - 1))),
        );
        show();
      });
    },
  );
  const ask_turns = () =>
    turn_all({
      drawing: value.x,
      beta: value.beta,
      z: value.z[draw],
      dimension: number_at,
      draw,
      of: value,
    });

  function receive(answer = props.value) {
    if (!answer?.mean) return;
    sprite(answer.sheet, (sheet) => {
      const first = !value;
      [value, dialled] = [answer, sheet];
      bars.arrange(value.order);
      if (first)
        [number_at, beta, seed, drawing] = [
          value.order[0],
          value.beta,
          value.seed,
          drawing ?? value.x,
        ];
      waking.hidden = true;
      body.hidden = false;
      ways = null;
      sprite(value.x, (own) => cut(x, own, 0));
      draws.forEach(({ canvas, caption, button }, i) => {
        cut(canvas, sheet, i);
        caption.textContent = i ? value.seed + i - 1 : "ε = 0";
        button.setAttribute(
          "aria-label",
          i ? say(words.seed_draw, { seed: value.seed + i - 1 }) : say(words.mean_draw),
        );
      });
      if (first) knob.set(beta);
      show();
      ask_turns();
    });
  }

  // --- Choosing ---
  function pick(index) {
    [draw, by_hand, ways] = [index, null, null];
    show();
    ask_turns();
  }
  function choose(index) {
    if (index === number_at) return;
    [number_at, by_hand, ways] = [index, null, null];
    show();
    ask_turns();
  }
  turn.addEventListener("input", () => {
    by_hand = +turn.value;
    show();
  });

  // --- Drawing ---
  function show() {
    const z = [...value.z[draw]],
      hand = by_hand !== null && ways,
      frame = Math.round(((by_hand + REACH) / (2 * REACH)) * (TURNS - 1));
    if (hand) z[number_at] = by_hand;
    if (hand) cut(x_hat, ways.sheet, frame);
    else cut(x_hat, dialled, draw);
    bars.show({ ...value, epsilon: value.epsilon[draw], z });
    bars.point(number_at);
    draws.forEach(({ button }, i) => button.setAttribute("aria-pressed", !hand && i === draw));
    turn.value = z[number_at];
    turn_title.firstChild.replaceChildren(
      say(words.turn),
      " ",
      make("em", { translate: "no" }, "z", make("sub", {}, number_at + 1)),
    );
    turned.textContent = `${written(z[number_at])}`;
    explain(z, hand);
    bill.show({
      reconstruction: hand ? ways.reconstruction[frame] : value.reconstruction[draw],
      kl: value.kl,
      beta: value.beta,
      order: value.order,
      dial: knob.written,
    });
    bill.point(number_at);
    Object.assign(root.dataset, {
      beta: value.beta,
      seed: value.seed,
      draw,
      dimension: number_at,
      hand: hand ? by_hand : "",
    });
  }
  function explain(z, hand) {
    const i = number_at,
      index = i + 1,
      sigma = Math.exp(value.log_variance[i] / 2),
      epsilon = value.epsilon[draw][i];
    const letter = (name, colour) => make("em", { class: colour }, name, make("sub", {}, index));
    const signed = (number) => (number < 0 ? `(${written(number)})` : written(number));
    if (hand)
      sum.replaceChildren(
        letter("z", "latent"),
        ` = ${written(z[i])} `,
        make("span", {}, say(words.turned)),
      );
    else
      sum.replaceChildren(
        letter("z", "latent"),
        " = ",
        letter("μ", "latent"),
        " + ",
        letter("σ", "latent"),
        " · ",
        letter("ε", "noise"),
        ` = ${written(value.mean[i])} + ${written(sigma)} × ${signed(epsilon)} = ${written(z[i])}`,
      );
    const used = value.kl.filter((nats) => nats > 0.1).length;
    active.textContent = say(words.active, { used, all: value.kl.length });
    reading.textContent = hand ? "" : say(words.read, { digit: value.readings[draw] });
  }
  // for whoever wants the numbers unrounded
  root.look = () => ({ value, beta, seed, draw, dimension: number_at, by_hand });
  watch("value", () => receive());
  receive();
}
