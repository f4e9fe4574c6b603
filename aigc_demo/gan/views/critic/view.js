// The discriminator's verdict on a drawing, class by class. value: see critic.py's judge.

import { cut, PIXELS, sprite, tile } from "aigc/ui/sprite.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing critic";
  let value = null,
    chosen = 0,
    before = null;

  const waking = make("p", { class: "waking" }, say(words.waking));
  const own = tile(say(words.drawing)),
    map = make("canvas", {
      width: PIXELS,
      height: PIXELS,
      class: "picture",
      role: "img",
      "aria-label": say(words.map),
    });
  const figure = (colour, canvas, ...name) =>
    make(
      "figure",
      { class: colour },
      make("div", { class: "frame" }, canvas),
      make("figcaption", {}, ...name),
    );
  const named = make("span");
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const bar = make("span", { class: "bar-of" }),
      share = make("output");
    const row = make(
      "button",
      { type: "button", class: "row" },
      make("b", {}, digit),
      make("span", { class: "track" }, bar, make("i", { class: "half" })),
      share,
    );
    row.addEventListener("click", () => choose(digit));
    return { row, bar, share };
  });
  const chart = make(
    "div",
    { class: "chart-of-classes" },
    make("h3", {}, say(words.bars)),
    ...bars.map(({ row }) => row),
    make(
      "p",
      { class: "ends", "aria-hidden": "true" },
      ...[0, 0.5, 1].map((end) => make("span", {}, end)),
    ),
  );
  const reads = make("p", { class: "note", "aria-live": "polite" });
  const key = make(
    "p",
    { class: "key" },
    make("span", { class: "for" }, "■ ", say(words.for)),
    make("span", { class: "against" }, "■ ", say(words.against)),
  );
  const body = make(
    "div",
    { class: "critic-stage" },
    figure("data", own, make("em", {}, "x"), make("span", {}, say(words.drawing))),
    figure("noise", map, named, key),
    chart,
  );
  body.hidden = true;
  root.append(waking, body, reads, make("p", { class: "hint" }, say(words.hint)));

  root.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key],
      at = bars.findIndex(({ row }) => row === event.target);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = (at + by + 10) % 10;
    bars[next].row.focus();
    choose(next);
  });
  function choose(digit) {
    chosen = digit;
    bars.forEach(({ row }, i) => row.setAttribute("aria-pressed", i === digit));
    named.replaceChildren(
      make("em", {}, "∂ℓ(x, "),
      make("b", {}, digit),
      make("em", {}, ") / ∂x"),
      make("span", {}, say(words.map)),
    );
    const style = getComputedStyle(root),
      context = map.getContext("2d");
    context.fillStyle = style.getPropertyValue("--sheet");
    context.fillRect(0, 0, PIXELS, PIXELS);
    value.slopes[digit].forEach((slope, i) => {
      context.fillStyle = style.getPropertyValue(slope > 0 ? "--data" : "--generated");
      context.globalAlpha = Math.abs(slope) / 100;
      context.fillRect(i % PIXELS, Math.floor(i / PIXELS), 1, 1);
    });
    context.globalAlpha = 1;
  }
  function draw() {
    if (!props.value?.slopes || props.value === before) return;
    value = before = props.value;
    waking.hidden = true;
    body.hidden = false;
    sprite(value.picture, (sheet) => cut(own, sheet, 0));
    bars.forEach(({ row, bar, share }, digit) => {
      bar.style.width = `${100 * value.real[digit]}%`;
      share.textContent = number(value.real[digit], 2);
      row.setAttribute(
        "aria-label",
        say(words.bar, { digit, share: number(value.real[digit], 2) }),
      );
      row.classList.toggle("read", digit === value.read);
    });
    reads.textContent = say(words.reads, {
      digit: value.read,
      certainty: `${Math.round(100 * value.certainty)} %`,
      share: number(value.real[value.read], 2),
    });
    choose(value.read);
  }
  watch("value", draw);
  draw();
  new MutationObserver(() => value && choose(chosen)).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
