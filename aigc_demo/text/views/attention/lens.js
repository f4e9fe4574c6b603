// The logit lens: what each layer would guess, layers upwards, positions to the right. value: see
// attention.py's `guesses`.

export default function mount({ element, props, watch }) {
  const { make, say, number, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing lens";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const table = make("table", {}),
    caption = make("p", { class: "caption", "aria-live": "polite" });
  const grid = make(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": say(words.title) },
    table,
  );
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    grid,
    caption,
  );
  const percent = (p) => `${number(100 * p, p < 0.095 ? 1 : 0)} %`;

  let value = null,
    cells = [],
    layer = 0,
    at = 0;

  const name = (l) => (l ? say(words.after, { number: l }) : say(words.before));
  const heading = (text) => make("th", { scope: "row" }, text);

  function draw() {
    if (!props.value || props.value.problem) return;
    const same = value && value.text.join("") === props.value.text.join("");
    value = props.value;
    if (!stage.isConnected) root.replaceChildren(stage);
    const { text, guesses, probabilities } = value,
      next = text.slice(1);
    cells = guesses.map((row, l) =>
      row.map((guess, t) => {
        const p = probabilities[l][t],
          right = t < next.length && guess === next[t];
        const cell = make(
          "td",
          { class: `${right ? "right" : ""}${p > 0.55 ? " deep" : ""}`, style: `--p: ${p}` },
          visible(guess),
        );
        cell.addEventListener("click", () => show(l, t));
        cell.addEventListener("pointerenter", (event) => {
          if (event.pointerType === "mouse") show(l, t);
        });
        return cell;
      }),
    );
    const line = (kind, label, characters) =>
      make(
        "tr",
        { class: kind },
        heading(label),
        ...characters.map((c) => make("td", {}, c === "?" ? c : visible(c))),
      );
    table.replaceChildren(
      make(
        "tbody",
        {},
        make(
          "tr",
          { class: "next" },
          heading(say(words.next)),
          ...[...next.map(visible), "?"].map((c) => make("td", {}, c)),
        ),
        ...cells.map((row, l) => make("tr", {}, heading(name(l)), ...row)).reverse(),
        line("read", say(words.read), text),
      ),
    );
    show(
      same ? Math.min(layer, guesses.length - 1) : guesses.length - 1,
      same ? at : Math.max(0, text.length - 2),
    );
  }
  function show(l, t) {
    cells[layer]?.[at]?.classList.remove("chosen");
    [layer, at] = [l, t];
    const cell = cells[l][t],
      { text, guesses, probabilities, right } = value;
    cell.classList.add("chosen");
    const told = [
      make("b", {}, name(l)),
      `, ${say(words.having)} `,
      make("code", {}, visible(text[t])),
      `: ${say(words.guess)} `,
      make("code", {}, visible(guesses[l][t])),
      ` ${percent(probabilities[l][t])}.`,
    ];
    if (t < text.length - 1)
      told.push(
        ` ${say(words.follows)} `,
        make("code", { class: "data" }, visible(text[t + 1])),
        `: ${percent(right[l][t])}.`,
      );
    caption.replaceChildren(...told);
  }
  grid.addEventListener("keydown", (event) => {
    const by = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
      event.key
    ];
    if (!by || !value) return;
    event.preventDefault();
    const clamp = (x, count) => Math.max(0, Math.min(count - 1, x));
    show(clamp(layer + by[0], cells.length), clamp(at + by[1], value.text.length));
    cells[layer][at].scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  watch("value", draw);
  draw();
}
