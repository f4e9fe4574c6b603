// The state of a recurrent network over a text: a picture of all its units, and the text tinted by
// one of them. value: see memory.py's `units`.

export default function mount({ element, props, watch }) {
  const { make, say, number, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing units";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const found = make("div", { class: "found", role: "group", "aria-label": say(words.found) }),
    source = make("p", { class: "hint" });
  const field = make("input", { type: "number", min: 0, step: 1, "aria-label": say(words.unit) });
  const canvas = make("canvas", { role: "img", "aria-label": say(words.state) }),
    line = make("div", { class: "line" });
  const state = make(
    "div",
    { class: "state", tabindex: "0", role: "group", "aria-label": say(words.state) },
    canvas,
    line,
  );
  const page = make("div", {
      class: "page",
      translate: "no",
      tabindex: "0",
      role: "group",
      "aria-label": say(words.text),
    }),
    caption = make("p", { class: "caption", "aria-live": "polite" });
  const legend = make(
    "p",
    { class: "legend" },
    make("span", { class: "cell up" }, "+"),
    ` ${say(words.positive)}`,
    make("span", { class: "cell down" }, "−"),
    ` ${say(words.negative)}`,
  );
  const stage = make(
    "div",
    {},
    make("h3", {}, say(words.title)),
    make("p", { class: "hint" }, say(words.hint)),
    make("h4", {}, say(words.found)),
    found,
    source,
    make("label", { class: "field" }, `${say(words.unit)} `, field),
    page,
    legend,
    caption,
    state,
  );

  let value = null,
    held = null,
    T = 0,
    N = 0,
    unit = 0,
    at = 0,
    cells = [];
  const holds = (t, n) => held[t * N + n] / 127;

  function show(next) {
    unit = Math.max(0, Math.min(N - 1, Math.round(next) || 0));
    field.value = unit;
    line.style.top = `${(100 * (unit + 0.5)) / N}%`;
    [...found.children].forEach((button) =>
      button.setAttribute("aria-pressed", +button.dataset.unit === unit),
    );
    cells.forEach((cell, t) => {
      const amount = holds(t, unit);
      cell.style.setProperty("--amount", `${Math.round(100 * Math.abs(amount))}%`);
      cell.className = `cell ${amount < 0 ? "down" : "up"}${Math.abs(amount) > 0.75 ? " deep" : ""}`;
    });
    point(at);
  }
  function point(t) {
    cells[at]?.classList.remove("chosen");
    at = Math.max(0, Math.min(T - 1, t));
    cells[at].classList.add("chosen");
    caption.replaceChildren(
      make("b", {}, `${value.model} · ${say(words.unit)} ${unit}`),
      ` ${say(words.holds)} ${number(holds(at, unit), 2).replace("-", "−")} `,
      make("code", {}, visible(value.text[at])),
    );
  }
  function paint() {
    Object.assign(canvas, { width: T, height: N });
    const context = canvas.getContext("2d"),
      style = getComputedStyle(root),
      colours = { 1: style.getPropertyValue("--latent"), "-1": style.getPropertyValue("--noise") };
    for (let t = 0; t < T; t++)
      for (let n = 0; n < N; n++) {
        const amount = holds(t, n);
        context.globalAlpha = Math.abs(amount);
        context.fillStyle = colours[amount < 0 ? -1 : 1];
        context.fillRect(t, n, 1, 1);
      }
  }
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    at = Math.min(T - 1, Math.floor(((event.clientX - box.left) / box.width) * T));
    show(Math.floor(((event.clientY - box.top) / box.height) * N));
  });
  state.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1, PageUp: -25, PageDown: 25 }[event.key];
    if (!by || !value) return;
    event.preventDefault();
    show(unit + by);
  });
  page.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || !value) return;
    event.preventDefault();
    point(at + by);
  });
  field.addEventListener("input", () => {
    if (value && field.value !== "") show(+field.value);
  });

  function draw() {
    if (!props.value || props.value.problem) return;
    const before = value;
    value = props.value;
    [T, N] = value.state.shape;
    held = new Int8Array(
      Uint8Array.from(atob(value.state.int8), (character) => character.charCodeAt(0)).buffer,
    );
    if (!stage.isConnected) root.replaceChildren(stage);
    field.max = N - 1;
    source.textContent = say(words[value.held_out ? "held_out" : "own"]);
    found.replaceChildren(
      ...value.found.map(({ feature, neuron, correlation }) => {
        const button = make(
          "button",
          { type: "button", "data-unit": neuron },
          make("b", {}, say(feature)),
          make(
            "span",
            {},
            `${say(words.unit)} ${neuron} · ${say(words.r)} ${number(correlation, 2).replace("-", "−")}`,
          ),
        );
        button.addEventListener("click", () => show(neuron));
        return button;
      }),
    );
    if (before?.text.join("") !== value.text.join("")) {
      cells = value.text.map((character, t) => {
        const cell = make("span", {}, character === "\n" ? "↵" : character);
        cell.addEventListener("pointerenter", () => point(t));
        cell.addEventListener("click", () => point(t));
        return cell;
      });
      page.replaceChildren(
        ...cells.flatMap((cell, t) => (value.text[t] === "\n" ? [cell, "\n"] : [cell])),
      );
    }
    paint();
    show(before?.model === value.model ? unit : (value.found[0]?.neuron ?? 0));
  }
  watch("value", draw);
  draw();
  new MutationObserver(() => value && paint()).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
