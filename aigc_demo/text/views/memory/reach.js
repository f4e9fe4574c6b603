// How far back each network looks: a curve a model by distance, and the text tinted by what moved
// one guess.

import { reach_chart } from "aigc/text/views/memory/chart.js";
import { clamp } from "aigc/ui/arithmetic.js";

/**
 * What `remember` of view.py gives.
 * @typedef {object} Value
 * @property {string[]} text that is read
 * @property {number} prompt_length how many of its characters are the visitor's
 * @property {number} left_out characters of the prompt that are not read
 * @property {number} end the character whose successor is predicted
 * @property {Model[]} models
 * @property {Both} [problem]
 *
 * @typedef {object} Model
 * @property {string} name
 * @property {number[]} curve the share of the influence that each distance has, from 1 on
 * @property {number} reach within which distance most of it lies
 * @property {number[]} shares of the characters up to `end` in the prediction
 */

const MOVES = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 };

/** @param {Given<Value>} given */
export default function mount({ element, trigger, props, watch }) {
  const { make, say, number, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing reach";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const figures = make("dl", { class: "figures" }),
    chart = reach_chart(words),
    caption = make("p", { class: "caption", "aria-live": "polite" });
  const pages = make("div", {
    class: "pages",
    tabindex: "0",
    role: "group",
    "aria-label": say(words.text),
  });
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    figures,
    chart.element,
    make("h4", {}, say(words.tints)),
    make("p", { class: "hint" }, say(words.choose)),
    pages,
    caption,
  );

  /** @type {Value} */
  let value = null;
  /** @type {HTMLElement[][]} */
  let texts = []; // the cells of each model's text
  let wanted = null; // the place of the last request

  function lay_out() {
    figures.replaceChildren(
      ...value.models.map(({ name, reach }) => {
        const title = make("dt", {}, make("b", {}, name), ` ${say(words.within)}`);
        return make("div", { class: name }, title, make("dd", {}, `${reach}`));
      }),
    );
    texts = value.models.map(() => value.text.map(cell_of));
    pages.replaceChildren(
      ...texts.map((cells, index) => {
        const lines = cells.flatMap((cell, at) =>
          value.text[at] === "\n" ? [cell, "\n"] : [cell],
        );
        const page = make("div", { class: "page", translate: "no" }, ...lines);
        return make("div", { class: "one" }, make("h5", {}, value.models[index].name), page);
      }),
    );
  }
  function cell_of(character, at) {
    const look = { class: at < value.prompt_length ? "cell data" : "cell generated" };
    const cell = make("span", look, character === "\n" ? "↵" : character);
    cell.addEventListener("click", () => choose(at - 1));
    return cell;
  }
  function tint() {
    texts.forEach((cells, index) => {
      const { shares } = value.models[index],
        most = Math.max(...shares, 1e-9);
      cells.forEach((cell, at) => {
        const share = at <= value.end ? Math.sqrt(shares[at] / most) : 0;
        cell.style.setProperty("--full", `${Math.round(100 * share)}%`);
        cell.classList.toggle("predicted", at === value.end + 1);
        cell.classList.toggle("later", at > value.end + 1);
      });
    });
    caption.replaceChildren(
      `${say(words.predicted)} `,
      make("code", {}, visible(value.text[value.end + 1])),
      ` ${say(words.moved_by)} – ${value.models.map(strongest).join("; ")}`,
    );
  }
  function strongest({ name, shares }) {
    const share = Math.max(...shares),
      at = shares.indexOf(share);
    const figures = `${number(100 * share, 0)} %, d = ${value.end + 1 - at}`;
    return `${name}: ${visible(value.text[at])} (${figures})`;
  }
  function choose(end) {
    const within = clamp(end, [0, value.text.length - 2]);
    if (within === wanted) return;
    wanted = within;
    for (const cells of texts)
      cells.forEach((cell, at) => {
        cell.classList.toggle("predicted", at === wanted + 1);
      });
    trigger("select", { end: wanted });
  }
  pages.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by || !value) return;
    event.preventDefault();
    choose(wanted + by);
  });

  function draw() {
    if (!props.value || props.value.problem) return;
    const before = value;
    value = props.value;
    if (!stage.isConnected) root.replaceChildren(stage);
    if (before?.text.join("") !== value.text.join("")) {
      wanted = value.end;
      chart.draw(value.models);
      lay_out();
    }
    if (value.end === wanted) tint(); // an answer to an earlier wish is passed over
  }
  watch("value", draw);
  draw();
}
