// The heads of a Transformer. Every head as a small map; of one head the four steps of eq. 1, and
// one row of them in numbers.
// value: see attention.py's `look`. Row i is the character that asks, column j the character that
// answers.

export default function mount({ element, trigger, props, watch }) {
  const { make, say, number, visible, still } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing attention";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const floats = (tensor) => new Float32Array(bytes(tensor.float32).buffer);
  const tone = (name) => getComputedStyle(root).getPropertyValue(`--${name}`);
  const clamp = (x, low, high) => Math.max(low, Math.min(high, x));
  const signed = (x, digits = 2) =>
    number(x, digits)
      .replace(/^-(?=0[.0]*$)/, "")
      .replace("-", "−");
  const layerName = (n) => say(words.layer, { number: n }),
    headName = (n) => say(words.head, { number: n });
  const MINUS = "−∞",
    STEPS = ["scores", "scaled", "weights", "output"];

  let head = null; // the numbers of the chosen head
  let i = 0,
    j = 0; // the cell that is written out
  let off = new Set();

  // The stage: all heads on the left, the four steps on the right, the chosen row below.
  const title = make("h3", { "aria-live": "polite" }),
    habits = make("dl", { class: "habits" });
  const maps = make("div", { class: "maps", role: "group", "aria-label": say(words.all) });
  const allOn = make("button", { type: "button", class: "plain" }, say(words.on)),
    allOff = make("button", { type: "button", class: "plain" }, say(words.off));
  const toText = make("button", { type: "button", class: "plain" }, say(words.text));
  const left = make(
    "div",
    { class: "left" },
    make("h3", {}, say(words.all)),
    make("p", { class: "hint" }, say(words.hint)),
    maps,
    make("div", { class: "both" }, allOn, allOff, toText),
    title,
    habits,
  );
  const steps = make("div", {
    class: "steps",
    tabindex: "0",
    role: "group",
    "aria-label": say(words.steps),
  });
  const table = make("table", { translate: "no" }),
    sums = make("div", {
      class: "sums",
      tabindex: "0",
      role: "group",
      "aria-label": say(words.sum),
    });
  const asking = make("p", { class: "asking", "aria-live": "polite" });
  const note = make("p", { class: "hint" });
  const row = make(
    "div",
    { class: "row" },
    make("h4", {}, say(words.row)),
    asking,
    make("div", { class: "scroll", tabindex: "-1" }, table),
    sums,
  );
  const stage = make(
    "div",
    { class: "stage-of-heads" },
    note,
    make("div", { class: "desk" }, left, steps),
    row,
  );

  const panels = STEPS.map((name, index) => {
    const canvas = make("canvas", { role: "img", "aria-label": say(words[name]) }),
      figure = make("output");
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect(),
        at = (x, count) => clamp(Math.floor(x * count), 0, count - 1);
      const row = at((event.clientY - box.top) / box.height, head.T);
      const column = name === "output" ? null : at((event.clientX - box.left) / box.width, head.T);
      pick(row, column);
    });
    const caption = make(
      "figcaption",
      {},
      make("b", {}, "①②③④"[index]),
      make("span", { class: "formula", translate: "no" }),
      make("p", {}, say(words[name])),
    );
    steps.append(make("figure", { class: name }, caption, canvas, figure));
    return { name, canvas, figure, formula: caption.querySelector(".formula") };
  });

  // Paints rows x columns cells; strength(r, c) in [-1, 1], null where nothing may be seen. A
  // stroke marks what is negative.
  function paint(canvas, rows, columns, cell, colour, strength) {
    Object.assign(canvas, { width: columns * cell, height: rows * cell });
    const context = canvas.getContext("2d"),
      ink = tone("soft");
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const s = strength(r, c);
        context.globalAlpha = s === null ? 0.35 : Math.abs(s) ** 0.7;
        context.fillStyle = s === null ? tone_line : s < 0 ? ink : colour;
        context.fillRect(c * cell, r * cell, cell, cell);
        if (s < -0.04 && cell >= 12) {
          context.globalAlpha = 1;
          context.fillStyle = tone_sheet;
          context.fillRect((c + 0.3) * cell, (r + 0.46) * cell, 0.4 * cell, 0.1 * cell);
        }
      }
    context.globalAlpha = 1;
    return context;
  }
  let tone_line = "",
    tone_sheet = "";

  function largest(numbers) {
    return numbers.reduce(
      (most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
      1e-9,
    );
  }

  function paintSteps() {
    const { T, D } = head,
      cell = Math.ceil(720 / T),
      wide = Math.max(2, Math.round(720 / D));
    const most = {
      scores: largest(head.scores),
      scaled: largest(head.scaled),
      weights: 1,
      output: largest(head.output),
    };
    for (const { name, canvas } of panels) {
      const columns = name === "output" ? D : T;
      const strength = (r, c) =>
        name === "scaled" && c > r ? null : head[name][r * columns + c] / most[name];
      const context =
        name === "output"
          ? paintWide(canvas, T, D, cell, wide, strength)
          : paint(canvas, T, T, cell, tone("attention"), strength);
      context.strokeStyle = tone("ink");
      context.lineWidth = 5;
      context.strokeRect(2.5, i * cell + 2.5, canvas.width - 5, cell - 5);
      if (name !== "output") {
        context.lineWidth = 7;
        context.strokeRect(j * cell + 3.5, i * cell + 3.5, cell - 7, cell - 7);
      }
    }
  }
  function paintWide(canvas, rows, columns, height, width, strength) {
    const small = document.createElement("canvas");
    paint(small, rows, columns, 12, tone("latent"), strength);
    Object.assign(canvas, { width: columns * width, height: rows * height });
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    return context;
  }

  // All heads: a button with the map, and a box that switches the head off.
  let cells = [];
  function layOut(layers, heads) {
    maps.style.setProperty("--heads", heads);
    maps.replaceChildren(
      make("span"),
      ...Array.from({ length: heads }, (_, h) => make("span", { class: "number" }, `${h + 1}`)),
    );
    cells = [];
    for (let l = 0; l < layers; l++) {
      maps.append(make("span", { class: "number" }, layerName(l + 1)));
      for (let h = 0; h < heads; h++) {
        const name = `${layerName(l + 1)}, ${headName(h + 1)}`;
        const canvas = make("canvas", { class: "picture" }),
          button = make("button", { type: "button", class: "map", "aria-label": name }, canvas);
        const box = make("input", {
          type: "checkbox",
          "aria-label": `${name}: ${say(words.box)}`,
          title: say(words.box),
        });
        button.addEventListener("click", () => choose(l, h));
        box.addEventListener("change", () => {
          off[box.checked ? "delete" : "add"](`${l + 1}.${h + 1}`);
          report();
        });
        cells.push({ l, h, canvas, button, box, name: `${l + 1}.${h + 1}` });
        maps.append(make("div", { class: "cell" }, button, make("label", {}, box)));
      }
    }
  }
  function choose(l, h) {
    mark(l, h);
    trigger("select", { layer: l + 1, head: h + 1 });
  }
  function mark(l, h) {
    toText.hidden = !off.size;
    for (const cell of cells) {
      const chosen = cell.l === l && cell.h === h;
      cell.button.setAttribute("aria-pressed", chosen);
      cell.button.tabIndex = cell.box.tabIndex = chosen ? 0 : -1;
      cell.box.checked = !off.has(cell.name);
      cell.button.classList.toggle("silent", off.has(cell.name));
    }
  }
  function report() {
    mark(head.layer, head.head);
    trigger("switch", { off: [...off].sort().join(" ") });
  }
  allOn.addEventListener("click", () => {
    off = new Set();
    report();
  });
  allOff.addEventListener("click", () => {
    off = new Set(cells.map((cell) => cell.name));
    report();
  });
  toText.addEventListener("click", () =>
    document
      .getElementById("attention-ablation")
      .scrollIntoView({ behavior: still() ? "auto" : "smooth" }),
  );
  maps.addEventListener("keydown", (event) => {
    const at = cells.findIndex((cell) => cell.button === document.activeElement);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -head.H, ArrowDown: head.H }[event.key];
    if (at < 0 || !by) return;
    event.preventDefault();
    const next = cells[at + by];
    if (!next) return;
    choose(next.l, next.h);
    next.button.focus();
  });
  function paintMaps() {
    const { T, H } = head,
      colour = tone("attention");
    for (const { l, h, canvas } of cells) {
      const begin = (l * H + h) * T * T;
      paint(canvas, T, T, 1, colour, (r, c) => (c > r ? 0 : head.maps[begin + r * T + c] / 255));
    }
  }

  // One row, in numbers.
  let buttons = [],
    columns = [];
  function layOutRow() {
    const labels = { scores: "q·k", scaled: `÷ √${head.D}`, weights: "softmax" };
    const top = make("tr", {}, make("td", { class: "corner" }));
    buttons = head.text.map((character, at) => {
      const button = make(
        "button",
        { type: "button", "aria-label": `${at + 1}: ${visible(character)}` },
        visible(character),
      );
      button.addEventListener("click", () => pick(at, null));
      top.append(make("th", { scope: "col" }, button));
      return button;
    });
    const rows = ["scores", "scaled", "weights"].map((name, index) =>
      make(
        "tr",
        { class: name },
        make("th", { scope: "row" }, make("b", {}, "①②③"[index]), ` ${labels[name]}`),
        ...head.text.map(() => make("td")),
      ),
    );
    const bars = make(
      "tr",
      { class: "bars", "aria-hidden": "true" },
      make("th"),
      ...head.text.map(() => make("td", {}, make("i"))),
    );
    columns = head.text.map((_, at) => [
      ...rows.map((line) => line.cells[at + 1]),
      bars.cells[at + 1].firstChild,
    ]);
    table.replaceChildren(
      make("thead", {}, top),
      make("tbody", {}, rows[0], rows[1], bars, rows[2]),
    );
  }
  function writeRow() {
    const { T, text } = head;
    asking.replaceChildren(
      `${say(words.asks)} `,
      make("b", {}, `${visible(text[i])}`),
      ` (i = ${i + 1}). ${say(words.answers)} `,
      make("b", {}, visible(text[j])),
      ` (j = ${j + 1}).`,
    );
    columns.forEach((column, at) => {
      const index = i * T + at,
        future = at > i;
      column[0].textContent = signed(head.scores[index]);
      column[1].textContent = future ? MINUS : signed(head.scaled[index]);
      column[2].textContent = future ? "0" : number(head.weights[index], 2);
      column[3].style.height = `${100 * head.weights[index]}%`;
      column.forEach((cell) => {
        cell.classList.toggle("future", future);
        cell.classList.toggle("chosen", at === j);
      });
      buttons[at].className = at === i ? "asking" : at === j ? "answering" : future ? "future" : "";
      buttons[at].tabIndex = at === i ? 0 : -1;
      buttons[at].setAttribute("aria-pressed", at === i);
    });
    const cell = i * T + j,
      sub = (symbol, n) => make("span", {}, symbol, make("sub", {}, `${n}`));
    const tell = [
      [sub("q", i + 1), "·", sub("k", j + 1), ` = ${signed(head.scores[cell])}`],
      j > i
        ? [MINUS]
        : [`${signed(head.scores[cell])} / √${head.D} = ${signed(head.scaled[cell])}`],
      [sub("α", `${i + 1},${j + 1}`), ` = ${number(head.weights[cell], 3)}`],
      [
        sub("z", i + 1),
        ` = (${[0, 1, 2].map((d) => signed(head.output[i * head.D + d])).join(", ")}, …)`,
      ],
    ];
    panels.forEach((panel, index) => panel.figure.replaceChildren(...tell[index]));
    sums.replaceChildren(make("p", {}, make("b", {}, "④ "), say(words.sum)), ...[0, 1, 2].map(sum));
  }
  // z_d, the sum over j of weight times value, with its three largest weights written out.
  function sum(d) {
    const { T, D } = head,
      weights = [...head.weights.subarray(i * T, i * T + i + 1)];
    const strongest = weights
      .map((w, at) => [w, at])
      .sort((a, b) => b[0] - a[0])
      .slice(0, 3);
    const terms = strongest.map(
      ([w, at]) =>
        `${number(w, 2)} · ${head.values[at * D + d] < 0 ? "(" : ""}${signed(head.values[at * D + d])}${head.values[at * D + d] < 0 ? ")" : ""}`,
    );
    const rest = i >= 3 ? " + …" : "";
    return make(
      "p",
      { class: "sum" },
      "z",
      make("sub", {}, `${i + 1},${d + 1}`),
      ` = ${terms.join(" + ")}${rest} = `,
      make("b", {}, signed(head.output[i * D + d], 3)),
    );
  }

  function pick(row, column) {
    i = clamp(row, 0, head.T - 1);
    const weights = head.weights.subarray(i * head.T, i * head.T + i + 1);
    j = column === null ? weights.indexOf(Math.max(...weights)) : clamp(column, 0, head.T - 1);
    paintSteps();
    writeRow();
    const scroll = table.parentElement,
      box = buttons[i].getBoundingClientRect(),
      around = scroll.getBoundingClientRect();
    if (box.right > around.right || box.left < around.left + 120)
      scroll.scrollLeft += box.left - around.left - around.width / 2;
  }
  steps.addEventListener("keydown", (event) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
      event.key
    ];
    if (!by || !head) return;
    event.preventDefault();
    pick(i + by[0], j + by[1]);
  });
  table.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: head.T - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    pick(to, null);
    buttons[i].focus();
  });

  // What the head does on this text, averaged over its characters.
  function summarise() {
    const { T, weights } = head,
      rows = [...Array(T).keys()].slice(1);
    const mean = (f) => rows.reduce((total, r) => total + f(r), 0) / Math.max(1, rows.length);
    const back = (r) =>
      [...weights.subarray(r * T, r * T + r + 1)].reduce((total, w, c) => total + w * (r - c), 0);
    const figures = {
      previous: `${number(100 * mean((r) => weights[r * T + r - 1]), 0)} %`,
      self: `${number(100 * mean((r) => weights[r * T + r]), 0)} %`,
      distance: number(mean(back), 1),
    };
    habits.replaceChildren(
      ...Object.entries(figures).map(([key, figure]) =>
        make("div", {}, make("dt", {}, say(words[key])), make("dd", {}, figure)),
      ),
    );
  }

  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    const before = head,
      [layers, H, T] = value.maps.shape,
      D = value.output.shape[1];
    const unpacked = Object.fromEntries(
      ["scores", "weights", "values", "output"].map((name) => [name, floats(value[name])]),
    );
    const scaled = unpacked.scores.map((score, index) =>
      index % T > Math.floor(index / T) ? -Infinity : score / Math.sqrt(D),
    );
    head = {
      ...unpacked,
      scaled,
      text: value.text,
      maps: bytes(value.maps.uint8),
      layers,
      H,
      T,
      D,
      layer: value.layer - 1,
      head: value.head - 1,
    };
    off = new Set(value.off);
    (tone_line = tone("line")), (tone_sheet = tone("sheet"));
    if (!stage.isConnected) root.replaceChildren(stage);
    note.textContent = value.left_out ? say(words.left_out) : "";
    title.textContent = `${layerName(value.layer)} · ${headName(value.head)}${off.has(`${value.layer}.${value.head}`) ? ` · ${say(words.silent)}` : ""}`;
    if (before?.layers !== layers || before?.H !== H) layOut(layers, H);
    panels.forEach(
      ({ formula }, index) => (formula.textContent = ["Q Kᵀ", `÷ √${D}`, "softmax", "· V"][index]),
    );
    const same = before && before.text.join("") === head.text.join("");
    if (!same || before.D !== D) layOutRow();
    mark(head.layer, head.head);
    paintMaps();
    summarise();
    pick(same ? i : T - 1, null);
  }
  watch("value", draw);
  draw();
  new MutationObserver(draw).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
