// Two networks in training, a row each: whom one head sees, the losses, and what is written.

import { direction, losses, NAMES } from "aigc/text/views/mask/value.js";
import { paint_weights } from "aigc/text/views/mask/weights.js";
import { bytes } from "aigc/ui/arrays.js";
import { live_line_chart } from "aigc/ui/live_line_chart.js";
import { on_theme_change } from "aigc/ui/theme.js";

/** @typedef {import("aigc/text/views/mask/value.js").Value} Value */

const PROMPT = 20; // its last characters that are shown

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = "drawing lab blinkers";

  const rows = NAMES.map((name) => network_row(name, words));
  const waking = make("p", { class: "waking" }, say(words.waking)),
    about = make("p", { class: "about" }),
    said = make("p", { class: "told", "aria-live": "polite" });
  const key = (look) => make("span", {}, make("i", { class: look }), say(words[look]));
  const keys = make("p", { class: "keys" }, `${say(words.grid)}: `, key("answer"), key("hidden"));
  const sections = rows.map(({ section }) => section);
  const body = make("div", { class: "body" }, about, ...sections, keys, said);
  body.hidden = true;
  root.append(waking, body);

  function draw() {
    const value = props.value;
    if (!value?.curve) return;
    [waking.hidden, body.hidden] = [true, false];
    const all = NAMES.map((name) => losses(value, name)),
      high = Math.max(...all.flat().flatMap((each) => Object.values(each)));
    rows.forEach((row, i) => {
      row.draw(value, all[i], high);
    });
    const finished = value.done === value.steps,
      [done, steps] = [value.done, value.steps].map((count) => number(count, 0));
    const running = finished ? [] : [say(words.running, { done, steps })];
    about.textContent = [say(words.about), ...running].join(" ");
    said.textContent = finished ? result(value, words) : "";
    root.dataset.done = String(value.done);
  }
  watch("value", draw);
  draw();
  on_theme_change(draw);
}

/** What came of the training, in words. */
function result({ curve, held_out, unigram, steps, context }, words) {
  const { say, number } = window.aigc;
  const short = (x) => number(x, 2);
  const [cheat, honest] = NAMES.map((name) => short(curve[name].at(-1))),
    [blind, real] = NAMES.map((name) => held_out[name].at(-1));
  const numbers = {
    steps: number(steps, 0),
    context,
    cheat,
    honest,
    blind: short(blind),
    real: short(real),
    guess: short(unigram),
  };
  const sentences = [say(words[blind >= unigram ? "worse" : "better"], numbers)];
  if (real >= unigram) sentences.push(say(words.heart));
  return sentences.join(" ");
}

/** One network: its head's weights, its losses, and what it writes. */
function network_row(name, words) {
  const { make, say, number } = window.aigc;
  const [training, asked, guess] = ["training", "asked", "guess"].map((word) => say(words[word]));
  const named = (each) => ({
    [training]: each.training,
    [asked]: each.held_out,
    [guess]: each.unigram,
  });
  const canvas = make("canvas", { role: "img", "aria-label": say(words.grid) }),
    focus = make("p", { class: "gaze" });
  const chart = live_line_chart(say(words.loss), {
    [training]: "loss",
    [asked]: "loss dashed",
    [guess]: "soft dotted",
  });
  const prompt = make("span", { class: "data" }),
    written = make("span", { class: "generated" });
  const page = make("p", { class: "page", translate: "no" }, prompt, written);
  const writing = make("div", {}, make("h4", {}, say(words.writes)), page);
  const section = make(
    "section",
    { class: name },
    make("header", {}, make("h3", {}, say(words[name])), focus),
    make("div", { class: "panels" }, canvas, chart.element, writing),
  );

  function draw(value, series, high) {
    const { layer, head, offset, share, weights } = value.focus[name];
    paint_weights(canvas, value.shown, bytes(weights), name === "masked");
    focus.textContent = say(words[direction({ offset, share })], {
      layer,
      head,
      offset: Math.abs(offset),
      share: number(100 * share, 0),
    });
    canvas.setAttribute("aria-label", `${say(words.grid)}. ${focus.textContent}`);
    chart.show(series.map(named), [0, high]);
    const last = {
      training: value.curve[name].at(-1),
      held_out: value.held_out[name].at(-1) ?? null,
    };
    chart.tell(named({ ...last, unigram: value.unigram }));
    prompt.textContent = `…${value.prompt.slice(-PROMPT)}`;
    written.textContent = value.written[name] ?? "";
  }
  return { section, draw };
}
