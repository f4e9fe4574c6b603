// One prompt written on by the whole model and by the model without some heads. value: see
// attention.py's `ablate`.

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing ablation";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const column = (kind) => {
    const title = make("h4"),
      asked = make("span", { class: "data" }),
      written = make("span", { class: "generated" }),
      bits = make("b");
    const page = make("div", { class: "page", tabindex: "0", translate: "no" }, asked, written);
    const figure = make("p", { class: "figure" }, bits, make("span", {}, say(words[kind])));
    return { box: make("div", { class: kind }, title, page, figure), title, asked, written, bits };
  };
  const whole = column("intact"),
    damaged = column("damaged"),
    note = make("p", { class: "note", "aria-live": "polite" });
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    make("div", { class: "pair" }, whole.box, damaged.box),
    note,
  );

  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    if (!stage.isConnected) root.replaceChildren(stage);
    whole.title.textContent = say(words.all);
    damaged.title.textContent = `${value.heads - value.off} / ${value.heads} ${say(words.left)}`;
    whole.asked.textContent = damaged.asked.textContent = value.prompt;
    whole.written.textContent = value.whole;
    damaged.written.textContent = value.damaged;
    whole.bits.textContent = number(value.whole_bits, 2);
    damaged.bits.textContent = number(value.damaged_bits, 2);
    note.textContent = say(
      words[value.off === 0 ? "none" : value.off === value.heads ? "silence" : "some"],
    );
  }
  watch("value", draw);
  draw();
}
