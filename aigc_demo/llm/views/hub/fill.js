// A text with hidden places, and bars for what may stand in each. A click on a word puts it there.
// value: see hub_fill.py's `fill`.

export default function mount({ element, props, watch }) {
  const { make, say, number, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing filling";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const sentence = make("p", { class: "sentence", translate: "no", "aria-live": "polite" }),
    places = make("div", { class: "places" });
  const whole = make("div", {}, sentence, make("p", { class: "hint" }, say(words.hint)), places);
  whole.hidden = true;
  root.append(waking, whole);
  let chosen = []; // for each place, which of its words stands there

  const share = (p) => (p >= 0.001 ? `${number(100 * p, 1)} %` : "< 0.1 %");
  function draw_sentence() {
    const slot = (i) =>
      make("b", { class: "slot generated" }, visible(props.value.places[i].words[chosen[i]]));
    sentence.replaceChildren(
      ...props.value.parts.flatMap((part, i) =>
        i < props.value.places.length ? [part, slot(i)] : [part],
      ),
    );
  }
  function bars({ words: likeliest, probabilities }, i) {
    const rows = likeliest.map((word, r) => {
      const row = make(
        "button",
        { type: "button", class: "row", "aria-pressed": r === chosen[i] },
        make("b", { translate: "no" }, visible(word)),
        make("span", { class: "share", style: `--p: ${probabilities[r]}` }),
        make("span", { class: "figure" }, share(probabilities[r])),
      );
      row.addEventListener("click", () => {
        chosen[i] = r;
        rows.forEach((each, k) => each.setAttribute("aria-pressed", k === r));
        draw_sentence();
      });
      return row;
    });
    return make("section", {}, make("h3", {}, say(words.place, { number: i + 1 })), ...rows);
  }
  function draw() {
    if (!props.value?.places) return;
    waking.hidden = true;
    whole.hidden = false;
    chosen = props.value.places.map(() => 0);
    draw_sentence();
    places.replaceChildren(...props.value.places.map(bars));
  }
  watch("value", draw);
  draw();
}
