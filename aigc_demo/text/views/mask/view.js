// Two networks in training, a row each: whom one head sees, the losses, and what is written. value:
// see mask.py's frame().

import { growing_chart } from "aigc/ui/growing.js";

export default function mount({ element, props, watch }) {
  const { make, say, number, visible } = window.aigc;
  const words = props.words,
    NAMES = ["unmasked", "masked"],
    CELL = 44,
    ASKED_BY = 20; // pixels of the canvas, which the screen shows smaller; characters of the prompt
  const root = element.querySelector(".drawing");
  root.className = "drawing lab blinkers";
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const tone = (name) => getComputedStyle(root).getPropertyValue(`--${name}`);

  const [training, asked, guess] = ["training", "asked", "guess"].map((word) => say(words[word]));
  const networks = Object.fromEntries(
    NAMES.map((name) => {
      const canvas = make("canvas", { role: "img", "aria-label": say(words.grid) }),
        gaze = make("p", { class: "gaze" });
      const chart = growing_chart(say(words.loss), {
        [training]: "loss",
        [asked]: "loss dashed",
        [guess]: "soft dotted",
      });
      const prompt = make("span", { class: "data" }),
        written = make("span", { class: "generated" });
      const wrote = make(
        "div",
        {},
        make("h4", {}, say(words.writes)),
        make("p", { class: "page", translate: "no" }, prompt, written),
      );
      const section = make(
        "section",
        { class: name },
        make("header", {}, make("h3", {}, say(words[name])), gaze),
        make("div", { class: "panels" }, canvas, chart.element, wrote),
      );
      return [name, { section, canvas, gaze, chart, prompt, written }];
    }),
  );
  const waking = make("p", { class: "waking" }, say(words.waking)),
    about = make("p", { class: "about" }),
    said = make("p", { class: "told", "aria-live": "polite" });
  const key = (look, word) => make("span", {}, make("i", { class: look }), say(words[word]));
  const body = make(
    "div",
    { class: "body" },
    about,
    ...NAMES.map((name) => networks[name].section),
    make(
      "p",
      { class: "keys" },
      `${say(words.grid)}: `,
      key("answer", "answer"),
      key("hidden", "hidden"),
    ),
    said,
  );
  body.hidden = true;
  root.append(waking, body);

  // The weights of one head: a row for each character, framed where its answer stands. What the
  // mask hides is struck through.
  function paint(name) {
    const { shown, gaze } = props.value,
      weights = bytes(gaze[name].weights),
      side = shown.length,
      canvas = networks[name].canvas;
    canvas.width = canvas.height = (side + 1) * CELL;
    const context = canvas.getContext("2d");
    const cell = (row, column) => [
      (column + 1) * CELL + 2,
      (row + 1) * CELL + 2,
      CELL - 4,
      CELL - 4,
    ];
    context.font = `${0.76 * CELL}px "IBM Plex Mono", ui-monospace, monospace`;
    Object.assign(context, {
      textAlign: "center",
      textBaseline: "middle",
      fillStyle: tone("data"),
      lineWidth: 4,
    });
    shown.forEach((character, at) => {
      context.fillText(visible(character), (at + 1.5) * CELL, CELL / 2);
      context.fillText(visible(character), CELL / 2, (at + 1.5) * CELL);
    });
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const [x, y, width] = cell(row, column),
          hidden = name === "masked" && column > row;
        context.fillStyle = tone("line");
        context.globalAlpha = hidden ? 0.35 : 0.6;
        context.fillRect(x, y, width, width);
        context.globalAlpha = hidden ? 0 : (weights[row * side + column] / 255) ** 0.7;
        context.fillStyle = tone("attention");
        context.fillRect(x, y, width, width);
        context.globalAlpha = 1;
        context.strokeStyle = tone(hidden ? "soft" : "ink");
        if (hidden) {
          context.lineWidth = 2;
          context.beginPath();
          context.moveTo(x + 10, y + width - 10);
          context.lineTo(x + width - 10, y + 10);
          context.stroke();
        }
        context.strokeStyle = tone("ink");
        context.lineWidth = 4;
        if (column === row + 1) context.strokeRect(x + 1, y + 1, width - 2, width - 2);
      }
    }
  }
  function looks(name) {
    const { layer, head, offset, share } = props.value.gaze[name],
      way =
        offset === 1 && share > 0.5
          ? "copied"
          : offset > 0
            ? "right"
            : offset < 0
              ? "left"
              : "itself";
    return say(words[way], {
      layer,
      head,
      offset: Math.abs(offset),
      share: number(100 * share, 0),
    });
  }
  // Of a curve's moments those that follow a look carry what was asked; at the end of the training
  // both numbers stand side by side.
  function moments(name) {
    const { curve, asked: seen, guess: blind } = props.value;
    return curve.steps.map((step, i) => {
      const look = seen.steps.findLastIndex((each) => each <= step),
        fresh =
          look >= 0 &&
          (i === 0 || seen.steps[look] > curve.steps[i - 1] || i === curve.steps.length - 1);
      return {
        [training]: curve[name][i],
        [asked]: fresh ? seen[name][look] : null,
        [guess]: blind,
      };
    });
  }
  function draw() {
    const value = props.value;
    if (!value?.curve) return;
    [waking.hidden, body.hidden] = [true, false];
    const all = NAMES.map(moments),
      high = Math.max(...all.flat().flatMap((each) => Object.values(each)));
    NAMES.forEach((name, i) => {
      const { canvas, gaze, chart, prompt, written } = networks[name],
        last = value.asked[name].at(-1) ?? null;
      paint(name);
      gaze.textContent = looks(name);
      canvas.setAttribute("aria-label", `${say(words.grid)}. ${gaze.textContent}`);
      chart.show(all[i], [0, high]);
      chart.tell({ [training]: value.curve[name].at(-1), [asked]: last, [guess]: value.guess });
      prompt.textContent = `…${value.prompt.slice(-ASKED_BY)}`;
      written.textContent = value.written[name] ?? "";
    });
    const finished = value.done === value.steps,
      short = (x) => number(x, 2);
    const [cheat, honest] = NAMES.map((name) => short(value.curve[name].at(-1))),
      [blind, real] = NAMES.map((name) => value.asked[name].at(-1));
    about.textContent = finished
      ? say(words.about)
      : `${say(words.about)} ${say(words.running, { done: number(value.done, 0), steps: number(value.steps, 0) })}`;
    const numbers = () => ({
      steps: number(value.steps, 0),
      context: value.context,
      cheat,
      honest,
      blind: short(blind),
      real: short(real),
      guess: short(value.guess),
    });
    said.textContent = finished
      ? [
          say(words[blind >= value.guess ? "worse" : "better"], numbers()),
          ...(real >= value.guess ? [say(words.heart)] : []),
        ].join(" ")
      : "";
    root.dataset.done = value.done;
  }
  watch("value", draw);
  draw();
  new MutationObserver(draw).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
