// Pictures with the discriminator's verdict under each.

import { sprite } from "aigc/ui/sprite.js";

/**
 * What view.py's `sample` returns.
 * @typedef {object} Pictures
 * @property {string} sheet the pictures as one, a PNG data URI
 * @property {number} columns
 * @property {number} width of a picture, in pixels
 * @property {number} height
 * @property {number[]} verdicts D's, from 0 to 1
 * @property {Both[]} descriptions
 * @property {Both} [problem]
 */

/** @param {Given<Pictures>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing verdicts";
  root.append(make("p", { class: "waking" }, say(props.words.waking)));
  const draw = () => {
    const value = props.value;
    if (!value || value.problem) return;
    sprite(value.sheet, (sheet) => {
      if (props.value !== value) return;
      root.style.setProperty("--columns", String(value.columns));
      root.replaceChildren(...value.verdicts.map((_, i) => picture(value, sheet, i)));
    });
  };
  watch("value", draw);
  draw();
}

// Picture i, over a bar and the number of its verdict.
function picture({ columns, width, height, verdicts, descriptions }, sheet, i) {
  const { make, say, number } = window.aigc;
  const said = say(descriptions[i]),
    look = { class: "picture ink", role: "img", "aria-label": said };
  const canvas = make("canvas", { width, height, ...look }),
    x = (i % columns) * width,
    y = Math.floor(i / columns) * height;
  canvas.getContext("2d").drawImage(sheet, x, y, width, height, 0, 0, width, height);
  return make(
    "figure",
    { title: said },
    canvas,
    make("span", { class: "verdict", style: `--verdict: ${verdicts[i]}` }),
    make("figcaption", {}, number(verdicts[i], 2)),
  );
}
