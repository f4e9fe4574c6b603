// All shipped checkpoints. value: see contest.py's shipped. A name leads to its family's tab, where
// the page has it.

import { leads } from "aigc/overview/views/_shared/places.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing shipped";
  const waking = make("p", { class: "waking" }, say(words.waking)),
    list = make("div", { class: "scroll" });
  root.append(waking, list);

  const measured = (text) =>
    text?.as_measured
      ? make("span", { lang: "en", translate: "no" }, text.as_measured)
      : make("span", {}, say(text));
  function row({ name, tab, figures, weights, bytes, minutes }) {
    const told = figures.map(({ figure, value, unit }) =>
      make(
        "li",
        {},
        measured(figure),
        " ",
        make("b", {}, value.toLocaleString("en", { maximumFractionDigits: 4 })),
        " ",
        measured(unit),
      ),
    );
    const number_of = (value, digits, title, unit) =>
      make(
        "td",
        {},
        make("small", {}, say(words[title])),
        value ? number(value, digits) : "–",
        make("small", {}, say(words[unit])),
      );
    return make(
      "tr",
      {},
      make(
        "th",
        { scope: "row" },
        leads(make("div", { class: "name", translate: "no" }, name), tab),
      ),
      make("td", { class: "told" }, make("ul", {}, ...told)),
      number_of(weights / 1e6, 2, "weights_all", "million"),
      number_of(bytes / 1e6, 1, "size", "megabytes"),
      number_of(minutes, 0, "trained", "minutes"),
    );
  }
  function draw() {
    if (!props.value?.rows) return;
    waking.hidden = true;
    const head = [
      ["checkpoint"],
      ["measured"],
      ["weights_all", "million"],
      ["size", "megabytes"],
      ["trained", "minutes"],
    ];
    list.replaceChildren(
      make(
        "table",
        {},
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            ...head.map(([title, unit]) =>
              make(
                "th",
                { scope: "col" },
                say(words[title]),
                ...(unit ? [make("small", {}, say(words[unit]))] : []),
              ),
            ),
          ),
        ),
        make("tbody", {}, ...props.value.rows.map(row)),
      ),
    );
  }
  watch("value", draw);
  draw();
}
