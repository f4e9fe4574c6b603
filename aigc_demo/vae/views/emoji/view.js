// An emoji on its way through 16 by 16 by 4 numbers, and the mixture of two. value: the two emoji
// with which the view opens.

import { first_of, glyph } from "aigc/ui/glyph.js";
import { latest } from "aigc/ui/latest.js";

export default function mount({ element, props, server, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words,
    side = props.side,
    CHANNELS = 4,
    PLACES = 16;
  const root = element.querySelector(".drawing");
  root.className = "drawing emoji-way";
  let texts = null,
    drawn = [],
    answer = null,
    sheet = null;

  const waking = make("p", { class: "waking" }, say(words.waking)),
    problem = make("p", { class: "problem", role: "alert" });
  const canvas = (size, name) =>
    make("canvas", {
      width: size,
      height: size,
      class: "picture",
      role: "img",
      "aria-label": say(name),
    });
  const x = canvas(side, words.x),
    x_hat = canvas(side, words.x_hat);
  const maps = Array.from({ length: CHANNELS }, (_, i) =>
    canvas(PLACES, { en: `${say(words.map)} ${i + 1}`, zh: `${say(words.map)} ${i + 1}` }),
  );
  const end = (colour, symbol, name, picture) =>
    make(
      "figure",
      { class: `end ${colour}` },
      make("div", { class: "frame" }, picture),
      make("figcaption", {}, make("b", { translate: "no" }, symbol), say(name)),
    );
  const funnel = (kind) =>
    make("div", { class: `funnel ${kind}` }, make("span", {}, say(words[kind])));
  const slider = make("input", {
    type: "range",
    min: 0,
    step: 1,
    value: 0,
    "aria-label": say(words.mixture),
  });
  const scale = make(
    "div",
    { class: "scale" },
    make("b", { class: "from" }),
    slider,
    make("b", { class: "to" }),
  );
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const middle = make(
    "div",
    { class: "middle" },
    make("div", { class: "maps" }, ...maps),
    make("p", { class: "numbers" }, say(words.numbers)),
  );
  const body = make(
    "div",
    { class: "body" },
    make(
      "div",
      { class: "way" },
      end("data", "x", words.x, x),
      funnel("encoder"),
      middle,
      funnel("decoder"),
      end("generated", "x̂", words.x_hat, x_hat),
    ),
    scale,
    caption,
  );
  body.hidden = true;
  root.append(waking, problem, body);

  root.take = (which, text) => {
    const chosen = first_of(text);
    if (!texts) return;
    problem.textContent = chosen ? "" : say(words.no_emoji);
    if (!chosen || chosen === texts[which]) return;
    texts[which] = chosen;
    slider.value = which ? slider.max : 0;
    ask();
  };
  const look = latest(
    (asked) => server.look(asked),
    (given, asked, last) => {
      if (!last) return;
      if (!given?.sheet) return void (problem.textContent = say(given?.problem ?? words.lost));
      const picture = new Image();
      picture.onload = () => {
        [answer, sheet, drawn] = [given, picture, asked.drawn];
        waking.hidden = true;
        body.hidden = false;
        slider.max = answer.frames - 1;
        slider.value = asked.at ? slider.max : 0;
        [scale.children[0].textContent, scale.children[2].textContent] = asked.texts;
        show();
        root.dataset.shown = asked.texts.join(" ");
      };
      picture.src = given.sheet;
    },
  );
  function ask() {
    const pictures = texts.map((text) => glyph(text, side)),
      [first, second] = pictures.map((picture) => picture.toDataURL("image/png"));
    look({ first, second, drawn: pictures, texts: [...texts], at: +slider.value > 0 });
  }
  function show() {
    const frame = +slider.value,
      t = frame / (answer.frames - 1),
      pen = x.getContext("2d");
    pen.globalAlpha = 1;
    pen.drawImage(drawn[0], 0, 0);
    pen.globalAlpha = t;
    pen.drawImage(drawn[1], 0, 0);
    x_hat.getContext("2d").drawImage(sheet, frame * side, 0, side, side, 0, 0, side, side);
    const style = getComputedStyle(root),
      colours = ["--latent", "--noise"].map((name) => style.getPropertyValue(name));
    maps.forEach((map, channel) => {
      const brush = map.getContext("2d");
      brush.clearRect(0, 0, PLACES, PLACES);
      answer.latents[0][channel].forEach((from, i) => {
        const z = ((1 - t) * from + t * answer.latents[1][channel][i]) / 100;
        brush.fillStyle = colours[z > 0 ? 0 : 1];
        brush.globalAlpha = Math.min(1, Math.abs(z) / 2.5);
        brush.fillRect(i % PLACES, Math.floor(i / PLACES), 1, 1);
      });
      brush.globalAlpha = 1;
    });
    const whole = t === 0 || t === 1;
    caption.textContent = whole
      ? say(words.at_end, { psnr: number(answer.psnr[t], 1), sigma: number(answer.sigma, 2) })
      : say(words.between, { t: number(t, 2) });
    slider.setAttribute("aria-valuetext", caption.textContent);
  }
  slider.addEventListener("input", show);
  function open() {
    if (!Array.isArray(props.value) || texts) return;
    texts = [...props.value];
    ask();
  }
  watch("value", open);
  open();
  new MutationObserver(() => answer && show()).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
