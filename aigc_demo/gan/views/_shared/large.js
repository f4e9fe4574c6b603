// One picture, large beside the chart on which it is pointed at, with its formula and D's verdict.

import { sprite, tile_canvas } from "aigc/ui/sprite.js";

/**
 * The chart beside the large picture, hidden until there is something to show.
 * @param {Words} words "large", the picture's name, and "hint"
 * @param {HTMLElement} chart
 * @returns the whole, and the parts of it that change
 */
export function enlarged(words, chart) {
  const { make, say } = window.aigc;
  const large = tile_canvas(say(words.large)),
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

/**
 * Draw each value once its sheet of pictures is loaded; until the first, `waking` is seen.
 * @template {{ sheet: string }} Value
 * @param {Pick<Given<Value>, "props" | "watch">} given
 * @param {HTMLElement} waking
 * @param {HTMLElement} body
 * @param {(value: Value, sheet: HTMLImageElement) => void} draw
 */
export function on_sheet({ props, watch }, waking, body, draw) {
  const open = () => {
    const value = props.value;
    if (!value?.sheet) return;
    sprite(value.sheet, (sheet) => {
      if (props.value !== value) return; // a later one has come
      waking.hidden = true;
      body.hidden = false;
      draw(value, sheet);
    });
  };
  watch("value", open);
  open();
}
