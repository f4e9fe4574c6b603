// The map. value: what each family made, see map.py's opening. All else stands at once: the models
// need not be awake for it.

import { leads } from "aigc/overview/views/_shared/places.js";
import { cut, resize, sprite, tile } from "aigc/ui/sprite.js";

export default function mount({ element, trigger, props, watch }) {
  const { make, say, number, has, still } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing map";

  const tone = { words: "data", picture: "data", noise: "noise" };
  const families = Object.keys(props.families);
  const symbols = (formula) =>
    formula
      .split(/(_\w|ᾱ)/)
      .map((part) =>
        part === "ᾱ"
          ? make("span", { class: "bar" }, "α")
          : part.startsWith("_")
            ? make("sub", {}, part.slice(1))
            : part,
      );

  // --- Families: what goes in, the family, what comes out --- Where each input and each row stand,
  // in per cent of the height: the rows share it, an input stands beside the rows that it enters.
  const middle = (row) => (100 * (row + 0.5)) / families.length;
  const entered = (input) =>
    families
      .map((name, row) => [props.families[name][0].includes(input), row])
      .filter(([enters]) => enters)
      .map(([, row]) => row);
  const stands = { words: middle(0.5), picture: middle(2.5), noise: middle(3.7) };
  const curve = (from, to) => `M0,${from} C55,${from} 45,${to} 100,${to}`;
  const lines = props.sources.flatMap((input) =>
    entered(input).map((row) => {
      const at =
        middle(row) +
        5 *
          (props.families[families[row]][0].indexOf(input) -
            (props.families[families[row]][0].length - 1) / 2); // lines into one row stand apart
      return make("path", {
        class: tone[input],
        "data-input": input,
        "data-family": families[row],
        d: curve(stands[input], at),
      });
    }),
  );
  const inputs = props.sources.map((input) =>
    make(
      "div",
      { class: `input ${tone[input]}`, "data-input": input, style: `top: ${stands[input]}%` },
      say(words[`input_${input}`]),
    ),
  );

  const outputs = {};
  const rows = families.map((name) => {
    const [goes_in, members] = props.families[name];
    const chips = goes_in.map((input) =>
      make("span", { class: `chip ${tone[input]}` }, say(words[`input_${input}`])),
    );
    const box = make(
      "div",
      { class: "family" },
      make(
        "span",
        { class: "head" },
        make("b", {}, say(words[`name_${name}`])),
        make("span", { class: "members", translate: "no" }, members),
      ),
      make("span", { class: "does" }, say(words[`does_${name}`])),
      make("span", { class: "into" }, `${say(words.goes_in)} `, ...chips),
    );
    outputs[name] = make("div", { class: "out" });
    return make(
      "div",
      { class: "row", "data-family": name },
      leads(box, name),
      make("span", { class: "arrow", "aria-hidden": "true" }),
      outputs[name],
    );
  });
  const figure = make(
    "div",
    { class: "figure", role: "group", "aria-label": say(words.map) },
    make("p", { class: "heading ins" }, say(words.goes_in)),
    make("p", { class: "heading outs" }, say(words.comes_out)),
    make("div", { class: "inputs" }, ...inputs),
    make(
      "svg",
      { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
      ...lines,
    ),
    make("div", { class: "rows" }, ...rows),
  );

  // What is under the pointer or has the focus stands out with its lines.
  function light(family, input) {
    figure.classList.toggle("lit", Boolean(family || input));
    for (const each of figure.querySelectorAll("[data-family], [data-input]")) {
      const { family: mine, input: from } = each.dataset;
      const touched = family
        ? mine === family || (!mine && props.families[family][0].includes(from))
        : from === input || (!from && props.families[mine][0].includes(input));
      each.classList.toggle("touched", Boolean((family || input) && touched));
    }
  }
  for (const kind of ["pointerover", "focusin"])
    figure.addEventListener(kind, (event) =>
      light(
        event.target.closest(".row")?.dataset.family,
        event.target.closest(".input")?.dataset.input,
      ),
    );
  for (const kind of ["pointerleave", "focusout"]) figure.addEventListener(kind, () => light());

  // --- The mathematics underneath ---
  const maths = make(
    "div",
    { class: "maths" },
    leads(make("div", { class: "under" }, say(words.under)), "maths"),
    ...Object.entries(props.maths).map(([view, [formula, on]]) =>
      leads(
        make(
          "div",
          { class: "law" },
          make("span", { class: "formula", translate: "no" }, ...symbols(formula)),
          make("b", {}, say(words[`maths_${view}`])),
          make("small", {}, on.map((name) => say(words[`name_${name}`])).join(" · ")),
        ),
        `maths/${view}`,
      ),
    ),
  );

  // --- History, and what is new ---
  const years = [...new Set(props.timeline.map(([year]) => year))];
  const history = make(
    "ol",
    { class: "history" },
    ...years.map((year) =>
      make(
        "li",
        {},
        make("b", { class: "year", translate: "no" }, year),
        ...props.timeline
          .filter((each) => each[0] === year)
          .map(([, name, whose, place]) =>
            leads(
              make(
                "div",
                { class: "paper" },
                make("b", { translate: "no" }, name),
                make("span", {}, say(words[`in_${year}_${name.split(" ")[0].toLowerCase()}`])),
                make("small", { translate: "no" }, whose),
              ),
              place,
            ),
          ),
      ),
    ),
  );
  // The first difference is shown on the spot: a hundred digits, painted while one waits.
  const many = make("canvas", {
      class: "picture ink",
      role: "img",
      "aria-label": say(words.hundred),
    }),
    counted = make("figcaption", { "aria-live": "polite" });
  const hundred = make("figure", { class: "hundred" }, make("div", {}, many), counted);
  const now = make(
    "button",
    { type: "button", class: "go", "data-act": "hundred" },
    say(words.hundred),
  );
  let seed = 0,
    counted_seed = -1;
  now.addEventListener("click", () => trigger("submit", { seed: (seed += 100) }));
  hundred.hidden = true;
  function count() {
    const made = props.value?.hundred;
    if (!made || made.seed === counted_seed) return;
    counted_seed = made.seed;
    sprite(made.sheet, (sheet) => {
      Object.assign(many, { width: sheet.width, height: sheet.height })
        .getContext("2d")
        .drawImage(sheet, 0, 0);
      hundred.hidden = false;
      counted.textContent = say(words.hundred_said, { seconds: number(made.seconds, 2) });
    });
  }
  const differences = make(
    "div",
    { class: "differences" },
    ...Object.entries(props.differences).map(([name, place]) =>
      make(
        "section",
        {},
        make("h3", {}, say(words[`title_${name}`])),
        make("p", {}, say(words[`said_${name}`])),
        ...(name === "automatic" ? [now] : []),
        leads(make("div", { class: "go" }, say(words[`go_${name}`])), place),
      ),
    ),
  );
  root.append(
    figure,
    maths,
    make("h2", {}, say(words.history)),
    history,
    make("h2", {}, say(words.new)),
    differences,
    hundred,
  );

  // --- What the models made ---
  function result(name, made) {
    if (!made) return [];
    if (made.problem) return [make("p", { class: "problem" }, say(made.problem))];
    const caption = make(
      "small",
      { class: "made" },
      say(words[`made_${name}`], { given: say(made.given) }),
    );
    if (made.text)
      return [
        make(
          "p",
          { class: "written", translate: "no" },
          make("span", { class: "data" }, made.given),
          made.text.trimEnd(),
        ),
        caption,
      ];
    return [
      make(
        "div",
        { class: "pictures" },
        ...made.pictures.map((uri, i) => {
          const canvas = tile(`${say(words[`name_${name}`])} ${i + 1}`);
          sprite(uri, (sheet) => {
            resize(canvas, sheet.height);
            cut(canvas, sheet, 0);
          });
          return make("figure", {}, canvas);
        }),
      ),
      caption,
    ];
  }
  function draw() {
    for (const name of families) {
      const results =
        name in (props.value || {})
          ? result(name, props.value[name])
          : [make("span", { class: "waking" }, "…")];
      outputs[name].replaceChildren(...results);
      outputs[name].parentElement.classList.toggle("empty", !results.length);
    }
    count();
    root.classList.toggle("awake", Boolean(props.value) && !still());
  }
  watch("value", draw);
  draw();
}
