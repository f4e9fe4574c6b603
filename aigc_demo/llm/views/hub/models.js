// The models that are offered: what their authors published, what each is for, and which are on
// this machine.

import { share_bar } from "aigc/ui/bar_list.js";

const HEADS = ["model", "objective", "parameters", "shape", "vocabulary", "context", "shows"];

/** A model that is offered, as view.py's table() tells of it.
 * @typedef {object} Model
 * @property {string} title
 * @property {string} repo
 * @property {string} kind "own": of this project
 * @property {string} objective
 * @property {boolean} here on this machine
 * @property {number} parameters in millions
 * @property {number} context
 * @property {number} layers
 * @property {number} width
 * @property {number} vocabulary
 * @property {number} [year]
 * @property {string} [source]
 */

/** @param {Given<{models: Model[]}>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing models";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const count = (value) => number(value, 0);

  function name_of(/** @type {Model} */ { title, repo, kind, here }) {
    const state = kind === "own" ? words.own : here ? words.here : words.absent;
    return make(
      "th",
      { scope: "row" },
      make("b", { translate: "no" }, title === "BERT zh" ? say(words.bert_chinese) : title),
      make("span", { class: "state" }, `${here ? "✓ " : ""}${say(state)}`),
      make("small", { translate: "no" }, repo),
    );
  }
  function row(/** @type {Model} */ model, most) {
    const { parameters, objective, kind, here } = model,
      small = parameters < 10;
    return make(
      "tr",
      { class: here ? "present" : "" },
      name_of(model),
      make(
        "td",
        {},
        say(words[objective]),
        make("small", { translate: "no" }, [model.year, model.source].filter(Boolean).join(", ")),
      ),
      make(
        "td",
        { class: "figure" },
        make("b", {}, number(parameters, small ? 1 : 0)),
        share_bar(parameters / most),
      ),
      make("td", { class: "figure" }, `${model.layers} × ${model.width}`),
      make("td", { class: "figure" }, count(model.vocabulary)),
      make("td", { class: "figure" }, count(model.context)),
      make("td", {}, say(words[`shows_${kind}`])),
    );
  }
  function draw() {
    const models = props.value?.models;
    if (!models) return;
    const most = Math.max(...models.map(({ parameters }) => parameters));
    root.replaceChildren(
      make("h3", {}, say(words.title)),
      make("p", { class: "lead" }, say(words.lead)),
      make(
        "div",
        { class: "scroll", tabindex: "0", role: "group", "aria-label": say(words.title) },
        make(
          "table",
          {},
          make(
            "thead",
            {},
            make(
              "tr",
              {},
              ...HEADS.map((head) => make("th", { scope: "col" }, say(words[`head_${head}`]))),
            ),
          ),
          make("tbody", {}, ...models.map((model) => row(model, most))),
        ),
      ),
      make("p", { class: "note" }, say(words.note)),
    );
  }
  watch("value", draw);
  draw();
}
