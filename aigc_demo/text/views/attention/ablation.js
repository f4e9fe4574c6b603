// One prompt written on by the whole model and by the model without some heads.

/**
 * What `ablate` of view.py gives.
 * @typedef {object} Value
 * @property {string} prompt
 * @property {string} whole what the whole model writes
 * @property {string} ablated what it writes without some heads
 * @property {number} whole_bits per character
 * @property {number} ablated_bits
 * @property {number} off how many heads are switched off
 * @property {number} heads how many there are
 * @property {Both} [problem]
 */

/**
 * The key of what is said of a text without `off` of `heads` heads.
 * @param {number} off
 * @param {number} heads
 */
export const comment = (off, heads) => {
  if (off === 0) return "none";
  return off === heads ? "silence" : "some";
};

/** @param {Given<Value>} given */
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
    const show = (prompt, text, per_character) => {
      asked.textContent = prompt;
      written.textContent = text;
      bits.textContent = number(per_character, 2);
    };
    return { element: make("div", { class: kind }, title, page, figure), title, show };
  };
  const whole = column("intact"),
    ablated = column("ablated"),
    note = make("p", { class: "note", "aria-live": "polite" });
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    make("div", { class: "pair" }, whole.element, ablated.element),
    note,
  );

  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    if (!stage.isConnected) root.replaceChildren(stage);
    whole.title.textContent = say(words.all);
    ablated.title.textContent = `${value.heads - value.off} / ${value.heads} ${say(words.left)}`;
    whole.show(value.prompt, value.whole, value.whole_bits);
    ablated.show(value.prompt, value.ablated, value.ablated_bits);
    note.textContent = say(words[comment(value.off, value.heads)]);
  }
  watch("value", draw);
  draw();
}
