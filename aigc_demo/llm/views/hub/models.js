// The models that are offered: what their authors published, what each is for, and which are on
// this machine. value: see hub.py's `table`.

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing models";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const HEADS = ["model", "objective", "parameters", "shape", "vocabulary", "context", "shows"];
  const count = (value) => number(value, 0);

  function row(model, most) {
    const { parameters, objective, kind, here } = model,
      small = parameters < 10;
    const state = kind === "own" ? words.own : here ? words.here : words.absent;
    return make(
      "tr",
      { class: here ? "present" : "" },
      make(
        "th",
        { scope: "row" },
        make(
          "b",
          { translate: "no" },
          model.title === "BERT zh" ? say(words.bert_chinese) : model.title,
        ),
        make("span", { class: "state" }, `${here ? "✓ " : ""}${say(state)}`),
        make("small", { translate: "no" }, model.repo),
      ),
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
        make("i", { class: "bar", style: `--share: ${parameters / most}` }),
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
