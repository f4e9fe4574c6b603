// Four Tang poems, each with the verdict on its form. value: see poems.py's compose.

export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing poems";
  const waking = make("p", { class: "waking" }, say(words.waking));
  const shelf = make("div", { class: "shelf" });
  const happened = make("p", { class: "note" });
  root.append(waking, shelf, happened);

  // Two lines make a verse: they stand side by side, as they are printed, or one below the other
  // where that is too wide.
  function verses(lines) {
    const made = [];
    for (let i = 0; i < lines.length; i += 2) {
      const pair = i + 1 < lines.length ? [`${lines[i]}，`, `${lines[i + 1]}。`] : [lines[i]];
      made.push(make("p", {}, ...pair.map(line)));
    }
    return made;
  }
  function line(text) {
    return make(
      "span",
      { class: "line" },
      ...[...text].map((character) =>
        make("span", "，。".includes(character) ? { class: "mark" } : {}, character),
      ),
    );
  }
  function verdict({ finished, keeps_its_form, lines }) {
    if (!finished) return make("footer", { class: "writing" }, say(words.writing));
    const text = keeps_its_form
      ? say(words.form, { length: [...lines[0]].length, lines: lines.length })
      : say(words.no_form);
    return make(
      "footer",
      { class: keeps_its_form ? "kept" : "broken" },
      `${keeps_its_form ? "✓" : "✗"} ${text}`,
    );
  }
  function draw() {
    const value = props.value;
    if (!value?.poems) return;
    waking.hidden = true;
    shelf.replaceChildren(
      ...value.poems.map((poem) =>
        make(
          "article",
          { lang: "zh" },
          make("h3", { translate: "no" }, poem.title || say(words.untitled)),
          make("div", { class: "verses", translate: "no" }, ...verses(poem.lines)),
          verdict({ ...poem, finished: poem.finished || value.finished }),
          make("small", {}, `${say(words.seed)} ${poem.seed}`),
        ),
      ),
    );
    happened.textContent = say(words.happened, value.measured);
  }
  watch("value", draw);
  draw();
}
