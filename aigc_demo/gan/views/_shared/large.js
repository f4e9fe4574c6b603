// What is pointed at on a chart, large beside it. Returns the body and the parts of it that change.

import { sprite, tile } from "aigc/ui/sprite.js";

export function enlarged(words, chart) {
  const { make, say } = window.aigc;
  const large = tile(say(words.large)),
    formula = make("p", { class: "formula", translate: "no" }),
    verdict = make("p", { class: "verdict-line", "aria-live": "polite" });
  const painted = make(
    "figure",
    { class: "generated" },
    make("div", { class: "frame" }, large),
    make("figcaption", {}, "G(z, y)"),
  );
  const body = make(
    "div",
    { class: "halves" },
    make("div", {}, chart, make("p", { class: "hint" }, say(words.hint))),
    make("div", { class: "beside" }, painted, formula, verdict),
  );
  body.hidden = true;
  return { body, large, formula, verdict };
}
// Draws each value (watch: tells of the next) that has come once its sheet is loaded; until the
// first, `waking` is seen.
export function draws(props, watch, waking, body, draw) {
  const open = () => {
    const given = props.value;
    if (!given?.sheet) return;
    sprite(given.sheet, (picture) => {
      if (props.value !== given) return;
      waking.hidden = true;
      body.hidden = false;
      draw(given, picture);
    });
  };
  watch("value", open);
  open();
}
