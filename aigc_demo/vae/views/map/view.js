// The map of two latent numbers. value: see map.py's atlas. A place is decoded past the queue;
// until that arrives its cell is shown.

import { latest } from "aigc/ui/latest.js";
import { cut, sprite, tile } from "aigc/ui/sprite.js";
import { dial } from "aigc/vae/views/_shared/dial.js";
import { plane } from "aigc/vae/views/map/plane.js";

export default function mount({ element, trigger, props, server, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words,
    extent = props.extent;
  const root = element.querySelector(".drawing");
  root.className = "drawing atlas";
  let value = null,
    beta = 1,
    drawing = null,
    at = [0, 0],
    tiles = null;

  const waking = make("p", { class: "waking" }, say(words.waking));
  const x_hat = tile(say(words.decoded)),
    own = tile(say(words.yours)),
    back = tile(say(words.back));
  const chart = plane(words, extent, (z) => {
    at = z;
    visit();
  });
  const knob = dial(words, props.betas, (to) => {
    beta = to;
    ask();
  });
  const place = make("p", { class: "place", translate: "no" }),
    reading = make("p", { class: "reading" }),
    spoken = make("p", { class: "spoken", "aria-live": "polite" });
  const toggle = ["pictures", "regions"].map((kind) => {
    const made = make("button", { type: "button" }, say(words[kind]));
    made.addEventListener("click", () => choose(kind));
    return made;
  });
  const choose = (kind) => {
    chart.element.classList.toggle("by-region", kind === "regions");
    toggle.forEach((made, i) =>
      made.setAttribute("aria-pressed", (i === 1) === (kind === "regions")),
    );
  };
  const small = (colour, symbol, name, canvas) =>
    make(
      "figure",
      { class: colour },
      make("div", { class: "frame" }, canvas),
      make("figcaption", {}, make("b", { translate: "no" }, symbol), ` ${say(name)}`),
    );
  const go = make("button", { type: "button", class: "go" }, say(words.go));
  go.addEventListener("click", () => chart.go(value.mark.mean));
  const sums = make("p", { class: "sums", translate: "no" });
  const mark = make(
    "div",
    { class: "mine" },
    make(
      "div",
      { class: "pair" },
      small("data", "x", words.yours, own),
      small("generated", "x̂", words.back, back),
    ),
    sums,
    make("p", { class: "hint" }, say(words.mark)),
    go,
  );
  const large = small("generated", "x̂", words.decoded, x_hat);
  large.classList.add("large");
  const body = make(
    "div",
    { class: "body" },
    knob.element,
    make(
      "div",
      { class: "halves" },
      make(
        "div",
        { class: "chart-side" },
        chart.element,
        make(
          "div",
          { class: "under" },
          make(
            "div",
            { class: "toggle", role: "group", "aria-label": say(words.shown) },
            ...toggle,
          ),
          make("p", { class: "hint" }, say(words.rings)),
        ),
      ),
      make(
        "div",
        { class: "beside" },
        make("div", { class: "here" }, large, make("div", {}, place, reading)),
        mark,
        spoken,
      ),
    ),
  );
  body.hidden = true;
  root.append(waking, body);
  choose("pictures");

  // --- The map ---
  const look = latest(
    (asked) => server.look(asked),
    (answer, asked, last) => {
      if (answer) receive(answer);
      else if (last) trigger("select", asked); // in the queue a mistake is explained
    },
  );
  const ask = () => look({ drawing, beta });
  let follows = false; // whether the cross goes to the next digit's mu
  root.take = (drawn) => {
    if (drawn) {
      drawing = drawn;
      follows = true;
      ask();
    }
  }; // what is on the pad now

  function receive(answer = props.value) {
    if (!answer?.readings) return;
    sprite(answer.sheet, (sheet) => {
      const first = !value;
      [value, tiles] = [answer, sheet];
      if (first) {
        [beta, drawing] = [value.beta, drawing ?? value.mark?.x ?? null];
        knob.set(beta);
      }
      waking.hidden = true;
      body.hidden = false;
      chart.sheet(sheet);
      chart.tint(value);
      show_mark();
      if ((first || follows) && value.mark) chart.go(value.mark.mean);
      else visit();
      follows = false;
      root.dataset.beta = value.beta;
    });
  }
  function show_mark() {
    mark.hidden = !value.mark;
    chart.mark(value.mark);
    if (!value.mark) return;
    sprite(value.mark.x, (sheet) => cut(own, sheet, 0));
    sprite(value.mark.x_hat, (sheet) => cut(back, sheet, 0));
    const [mean, sigma] = [value.mark.mean, value.mark.sigma].map((pair) =>
      pair.map((each) => signed(each)).join(", "),
    );
    sums.replaceChildren(
      make("span", { class: "latent" }, make("em", {}, "μ"), ` = (${mean})`),
      make("span", { class: "latent" }, make("em", {}, "σ"), ` = (${sigma})`),
    );
  }

  // --- A place on it ---
  const signed = (number_, digits = 2) => number(number_, digits).replace("-", "−");
  const point = latest(
    (asked) => server.point(asked),
    (answer, asked, last) => {
      if (!answer || !last || asked.beta !== value.beta) return;
      sprite(answer.picture, (sheet) => {
        if (asked.z !== at) return;
        cut(x_hat, sheet, 0);
        say_place(answer.digit, answer.share);
        root.dataset.exact = asked.z.join(" ");
      });
    },
  );
  function visit() {
    if (!value) return;
    const cell = (side) => {
      const [column, row] = [at[0], -at[1]].map((z) =>
        Math.max(0, Math.min(side - 1, Math.floor(((z + extent) / (2 * extent)) * side))),
      );
      return row * side + column;
    };
    cut(x_hat, tiles, cell(value.side));
    say_place(value.readings[cell(value.fine)], value.certainty[cell(value.fine)]);
    point({ z: at, beta: value.beta });
  }
  let telling = null;
  function say_place(digit, share) {
    const density = Math.exp(-(at[0] ** 2 + at[1] ** 2) / 2) / (2 * Math.PI);
    place.replaceChildren(
      make(
        "span",
        { class: "latent" },
        make("em", {}, "z"),
        ` = (${signed(at[0])}, ${signed(at[1])})`,
      ),
      make("span", {}, make("em", {}, "p"), "(", make("em", {}, "z"), `) = ${number(density, 4)}`),
    );
    reading.textContent = say(words.reads, { digit, share: `${Math.round(100 * share)} %` });
    clearTimeout(telling);
    telling = setTimeout(
      () =>
        (spoken.textContent = say(words.place, {
          across: signed(at[0], 1),
          up: signed(at[1], 1),
          digit,
        })),
      400,
    );
  }
  root.look = () => ({ value, at, beta }); // for whoever wants the numbers unrounded
  watch("value", () => receive());
  receive();
  new MutationObserver(() => value && chart.tint(value)).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
