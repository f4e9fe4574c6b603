// The next character laid open, or the next token of a model with too many of them to send
// (props.tokens). value: see inspect.py's inspect, and llm/inspection.py. All numbers are computed
// here, from logits that are asked for once.

import { fall, ranking, stages } from "aigc/text/views/inspect/stages.js";

export default function mount({ element, trigger, props, server, watch }) {
  const { make, say, number, still, visible } = window.aigc;
  const words = props.words;
  const ROWS = 12,
    STEP = 450; // candidates in sight; milliseconds a character while it plays
  const root = element.querySelector(".drawing");
  root.className = `drawing inspector${props.tokens ? " tokens" : ""}`;
  const share = (p) => (p > 0 && p < 0.0005 ? p.toPrecision(2) : number(p, 3)); // of probability
  const button = (attributes, act, ...children) => {
    const made = make("button", { type: "button", ...attributes }, ...children);
    made.addEventListener("click", act);
    return made;
  };

  // --- What is on the stage ---
  const knobs = {
    temperature: [0.1, 2, 0.05],
    top_k: [0, 100, 1],
    top_p: [0.05, 1, 0.01],
    min_p: [0, 1, 0.01],
  };
  const none = { top_k: 0, top_p: 1, min_p: 0 }; // where a cut is open
  const CUTS = Object.keys(none);
  let branches = [],
    open = null,
    at = 0,
    sampling = null,
    playing = null,
    ticket = 0,
    asked = {};

  const waking = make("p", { class: "waking" }, say(words.waking));
  const page = make("div", {
    class: "page",
    translate: "no",
    tabindex: "0",
    role: "slider",
    "aria-label": say(words.text),
    "aria-valuemin": 1,
  });
  const play = button(
    { class: "play", "aria-label": say(words.play) },
    () => (playing ? pause() : start()),
    "▶",
  );
  const forward = button(
    { class: "next" },
    () => {
      pause();
      step(1);
    },
    say(words.forward),
  );
  const message = make("p", { class: "message", "aria-live": "polite" }),
    note = make("p", { class: "note" });
  const bar = make(
    "div",
    { class: "bar" },
    button(
      { "aria-label": say(words.back) },
      () => {
        pause();
        step(-1);
      },
      "‹",
    ),
    play,
    forward,
    message,
  );
  const list = make("nav", { class: "branches", "aria-label": say(words.branches) }),
    hint = make("p", { class: "hint" }, say(words.hint));
  const table = make("div", { class: "table" }),
    line = make("div", { class: "line" }),
    marker = make("div", { class: "u" });
  const result = make("div", { class: "result generated" }),
    fallen = make("div", { class: "fall" }, line, marker, result);
  const formula = make("div", { class: "formula", translate: "no" });
  const rewrite = button(
    { class: "rewrite" },
    () => {
      pause();
      ask(open, at, null);
    },
    say(words.rewrite),
  );
  const other = make("input", {
    type: "text",
    placeholder: say(words.other),
    "aria-label": say(words.other),
    size: 8,
  });
  const rest_count = make("span"),
    rest_figures = [make("span", { class: "figure" }), make("span", { class: "figure" })],
    scales = [make("span"), make("span")];
  const rest = make(
    "div",
    { class: "rank rest" },
    make("b", { class: "glyph" }, "…"),
    make("span", { class: "cell" }, rest_count),
    ...rest_figures.map((figure, i) => make("span", { class: "cell" }, i ? "" : other, figure)),
  );

  const sliders = Object.fromEntries(
    Object.entries(knobs).map(([name, [min, max, step]]) => {
      const input = make("input", {
          type: "range",
          min,
          max,
          step,
          "aria-label": say(words[name]),
        }),
        shown = make("output");
      input.addEventListener("input", () => {
        sampling[name] = +input.value;
        draw();
      });
      return [
        name,
        {
          input,
          shown,
          label: make(
            "label",
            { class: "knob" },
            make("span", {}, say(words[name]), " ", shown),
            input,
          ),
        },
      ];
    }),
  );
  const choices = CUTS.map((name) =>
    button(
      { class: "cut", "aria-pressed": "false" },
      () => choose(name),
      sliders[name].label.firstChild,
    ),
  );
  const choose = (name) =>
    CUTS.forEach((cut, i) => {
      sliders[cut].label.hidden = cut !== name;
      choices[i].setAttribute("aria-pressed", cut === name);
    });
  const head = (word, symbol, wide, scale = "", ...below) =>
    make(
      "div",
      { class: `head ${word}` },
      make("h3", {}, say(words[word])),
      make(
        "p",
        { class: "symbol", translate: "no" },
        symbol,
        make("span", { class: "wide" }, wide),
        scale,
      ),
      ...below,
    );
  const rows = Array.from({ length: ROWS }, () => {
    const glyph = make("b", { class: "glyph" }),
      cells = ["z", "p", "q"].map((kind) => {
        const bar = make("i"),
          figure = make("span", { class: "figure" });
        return {
          bar,
          figure,
          cell: make(
            "span",
            { class: `cell ${kind}` },
            make("span", { class: "track" }, bar),
            figure,
          ),
        };
      });
    const row = button(
      { class: "rank candidate" },
      () => force(+row.dataset.token),
      glyph,
      ...cells.map(({ cell }) => cell),
    );
    return { row, glyph, cells };
  });
  const stage = make(
    "div",
    { class: "stage-of-draw" },
    make(
      "div",
      { class: "heads" },
      make("span"),
      head("logit", "z", ""),
      head("tempered", "p", " = softmax(z / T)", scales[0], sliders.temperature.label),
      head(
        "kept",
        "q",
        " = p / Σ p",
        scales[1],
        make("div", { class: "cuts", role: "group", "aria-label": say(words.cuts) }, ...choices),
        ...CUTS.map((cut) => sliders[cut].label),
      ),
    ),
    head("draw", "u", " ∈ [0, 1)"),
    table,
    fallen,
  );
  table.append(...rows.map(({ row }) => row), rest);
  const body = make(
    "div",
    { class: "body" },
    make("div", { class: "written" }, page, list),
    bar,
    stage,
    note,
    formula,
  );
  body.hidden = true;
  root.append(waking, body);
  choose("top_p");

  // --- Asking for text ---
  const spelt = (branch, begin, end) =>
    branch.tokens
      .slice(begin, end)
      .map((token) => branch.alphabet[token])
      .join("");
  const settled = (
    from,
    position,
    next, // how a branch begins: a text, or tokens of which the last may be a text that was typed
  ) =>
    props.tokens
      ? [...(from?.tokens.slice(0, position) ?? []), ...(next === null ? [] : [next])]
      : from
        ? spelt(from, 0, position) + (next ?? "")
        : "";
  async function ask(from, position, character) {
    // from: the text that is left at `position`, where `character`, or null: what is drawn now,
    // comes next
    const length =
      from &&
      Math.min(
        props.longest,
        Math.max(from.numbers.length, position + (character === null ? 1 : 2)),
      );
    const forced = settled(from, position, character),
      grows = from?.tokens.length === position;
    const key =
      from &&
      !grows &&
      JSON.stringify([from.model, from.prompt, from.seed, forced, sampling, length]);
    const known = key && branches.find((branch) => branch.key === key);
    if (known) return show(known, known.start);
    if (key && asked[ticket]?.key === key) return; // clicked twice
    const mine = ++ticket,
      wanted = {
        ticket,
        forced,
        ...sampling,
        ...(from && { model: from.model, prompt: from.prompt, seed: from.seed, length }),
      };
    asked[mine] = { from, position, character, key, branch: grows ? from : null };
    // the next bars come at once, the rest through the queue
    const begun = from && (await server.peek(wanted));
    if (begun) receive(begun);
    else asked[mine].key = null; // a mistake may be made again, and is told again
    if (mine === ticket && !(begun && begun.finished)) trigger("select", wanted);
  }
  function force(token) {
    pause();
    const same = Object.keys(sampling).every((name) => sampling[name] === open.sampling[name]);
    // it stands there: nothing branches
    if (token === open.tokens[at] && same && at + 1 < open.tokens.length) return show(open, at + 1);
    ask(open, at, props.tokens ? token : open.alphabet[token]);
  }
  other.addEventListener("keydown", ({ key, isComposing }) => {
    if (key !== "Enter" || isComposing || !other.value) return;
    pause();
    ask(open, at, other.value);
    other.value = "";
  });
  root.write = () => {
    pause();
    ask(null, 0, null);
  }; // the button at the left

  function receive(value = props.value) {
    if (!value?.tokens) return;
    sampling ??= { ...value.sampling };
    const wish = (asked[value.ticket ?? 0] ??= {}),
      first = !wish.shown,
      branch = (wish.branch ??= begin(value, wish));
    const { tokens, numbers, alphabet, logits, start } = value;
    Object.assign(branch, {
      tokens,
      numbers,
      alphabet: { ...branch.alphabet, ...alphabet },
      logits: [...branch.logits.slice(0, start), ...logits],
    });
    wish.shown = true;
    if (first && (value.ticket ?? 0) === ticket)
      show(branch, ticket ? value.start : telling(branch));
    else if (branch === open) draw();
  }
  function begin(value, { from, position, character, key }) {
    const before = (of) => of?.slice(0, value.start) ?? []; // what a branch shares with its parent
    const branch = {
      ...value,
      key,
      logits: before(from?.logits),
      orders: before(from?.orders),
      under: from?.under,
      now: before(from?.now),
    };
    branch.chosen = new Set(
      [...(from?.chosen ?? []), ...((character ?? null) !== null ? [position] : [])].filter(
        (index) => index < value.start,
      ),
    );
    const beginning = typeof character === "number" ? from.alphabet[character] : character;
    branch.alphabet = { ...from?.alphabet, ...value.alphabet };
    branch.title = from ? [position, beginning] : null;
    branch.depth = from ? from.depth + 1 : 0;
    let place = from ? branches.indexOf(from) + 1 : branches.length;
    // under its parent, after its elder sisters
    while (from && branches[place]?.depth > from.depth) place++;
    branches.splice(place, 0, branch);
    return branch;
  }
  function telling(branch) {
    // where the view opens: at a draw that did not go the likeliest way, with something cut off in
    // sight
    const found = branch.tokens.findIndex((_, i) => {
      const { rank, kept } = look(branch, i);
      return rank > 0 && kept[ROWS / 2] === 0;
    });
    return Math.max(0, found);
  }

  // --- The numbers of one position ---
  function decoded(told) {
    const numbers = (text, kind) =>
      new kind(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);
    if (typeof told === "string") return { decoded: { z: numbers(told, Float32Array) } };
    const likeliest = Uint32Array.from(numbers(told.tokens, Int32Array)),
      values = numbers(told.z, Float32Array),
      rest = numbers(told.rest, Float32Array);
    const z = { beyond: (temperature) => rest[Math.round((temperature - 0.1) / 0.05)] };
    likeliest.forEach((token, rank) => (z[token] = values[rank]));
    return { decoded: { z, likeliest } };
  }
  function look(branch, index) {
    if (!branch.logits[index].decoded) branch.logits[index] = decoded(branch.logits[index]);
    const { z, likeliest } = branch.logits[index].decoded,
      order = (branch.orders[index] ??= likeliest ?? ranking(z)),
      u = branch.numbers[index];
    const result = stages(z, order, sampling);
    return { z, order, u, ...result, ...fall(result.kept, u) };
  }
  // for whoever wants the numbers unrounded
  root.look = () => ({ at, tokens: open.tokens, sampling, ...look(open, at) });

  // --- Moving through the text ---
  function show(branch, index) {
    [open, at] = [branch, index];
    draw();
  }
  function step(by) {
    if (at + by >= open.tokens.length && by > 0)
      return open.tokens.length < props.longest && ask(open, open.tokens.length, null);
    return show(open, Math.max(0, at + by));
  }
  function start() {
    if (!open) return;
    if (at + 1 >= open.tokens.length) at = 0;
    playing = setInterval(
      () => (at + 1 < open.tokens.length && root.isConnected ? step(1) : pause()),
      STEP,
    );
    turn("❚❚", "pause");
  }
  function pause() {
    if (playing === null) return;
    clearInterval(playing);
    playing = null;
    turn("▶", "play");
  }
  function turn(sign, word) {
    play.textContent = sign;
    play.setAttribute("aria-label", say(words[word]));
    root.classList.toggle("playing", playing !== null);
  }
  page.addEventListener("click", ({ target }) => {
    const index = target.closest("[data-at]")?.dataset.at;
    if (index) {
      pause();
      show(open, +index);
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey || !open)
      return;
    const here = rows.findIndex(({ row }) => row === event.target),
      act = {
        ArrowLeft: () => step(-1),
        ArrowRight: () => at + 1 < open.tokens.length && step(1),
        ...(event.target === page && {
          Home: () => show(open, 0),
          End: () => show(open, open.tokens.length - 1),
          " ": () => play.click(),
        }),
        ...((here >= 0 || event.target === page) && {
          ArrowDown: () => rows[here + 1]?.row.focus(),
          ArrowUp: () => (rows[here - 1]?.row ?? page).focus(),
        }),
      }[event.key];
    if (!act) return;
    event.preventDefault();
    if (event.key !== " ") pause();
    act();
  });

  // --- Drawing ---
  function draw() {
    waking.hidden = true;
    body.hidden = false;
    const seen = look(open, at),
      standing = seen.order.indexOf(open.tokens[at]);
    const far = [...new Set([standing, seen.rank])]
      .filter((rank) => rank >= ROWS)
      .sort((a, b) => a - b); // these are shown whatever their rank
    const ranks = [...Array(Math.min(ROWS, seen.order.length) - far.length).keys(), ...far];
    draw_text();
    draw_rows(seen, ranks, standing);
    draw_line(seen, ranks);
    explain(seen, standing);
    draw_branches();
    for (const [name, { input, shown }] of Object.entries(sliders)) {
      if (name === "top_k") input.max = Math.min(knobs.top_k[1], seen.order.length);
      input.value = sampling[name];
      shown.textContent = sampling[name] === none[name] ? say(words.off) : sampling[name];
    }
    forward.disabled = at + 1 >= props.longest;
    Object.assign(root.dataset, { position: at, branch: branches.indexOf(open) });
  }
  let spans = [],
    written = null,
    marking = null;
  function draw_text() {
    const text = spelt(open);
    if (written !== open.prompt + "\0" + text) {
      written = open.prompt + "\0" + text;
      spans = open.tokens.map((token, i) =>
        make(
          "span",
          { class: "generated", "data-at": i },
          open.alphabet[token].replaceAll("\n", "↵\n"),
        ),
      );
      page.replaceChildren(make("span", { class: "data" }, open.prompt), ...spans);
    }
    spans.forEach((span, i) => {
      for (const [name, holds] of [
        ["at", i === at],
        ["later", i > at],
        ["chosen", open.chosen.has(i)],
      ])
        span.classList.toggle(name, holds);
    });
    mark();
    page.setAttribute("aria-valuemax", spans.length);
    page.setAttribute("aria-valuenow", at + 1);
    page.setAttribute("aria-valuetext", visible(open.alphabet[open.tokens[at]]));
    requestAnimationFrame(follow);
  }
  function mark() {
    // what would be drawn differently now, after the same text; a few at a time, so that the bars
    // need not wait
    const under = JSON.stringify(sampling),
      end = performance.now() + 4;
    if (open.under !== under) Object.assign(open, { under, now: [] });
    while (open.now.length < open.tokens.length && performance.now() < end) {
      const { order, rank } = look(open, open.now.length);
      open.now.push(order[rank]);
    }
    const differs = (i) =>
      i < open.now.length && open.now[i] !== open.tokens[i] && !open.chosen.has(i);
    const count = spans.filter((span, i) => span.classList.toggle("other", differs(i))).length;
    note.textContent = count ? say(words.others, { count, total: spans.length }) : "";
    clearTimeout(marking);
    if (open.now.length < open.tokens.length) marking = setTimeout(mark, 4);
  }
  function follow() {
    const { offsetTop, offsetHeight } = spans[at] ?? page;
    if (offsetTop < page.scrollTop || offsetTop + offsetHeight > page.scrollTop + page.clientHeight)
      page.scrollTop = offsetTop - page.clientHeight / 2;
  }
  function draw_rows({ z, order, tempered, kept, rank }, ranks, standing) {
    const low = Math.min(0, ...ranks.map((r) => z[order[r]])),
      high = Math.max(0, ...ranks.map((r) => z[order[r]]));
    // a flat distribution's bars are drawn longer, and that is said
    const zoom = kept[0] < 0.2 ? 5 : 1;
    rows.forEach(({ row, glyph, cells }, i) => {
      const r = ranks[i];
      if ((row.hidden = r === undefined)) return;
      const values = [z[order[r]], tempered[r], kept[r]],
        character = visible(open.alphabet[order[r]]);
      row.dataset.token = order[r];
      row.className = [
        "rank candidate",
        kept[r] === 0 && "off",
        r === rank && "hit",
        r === standing && "standing",
      ]
        .filter(Boolean)
        .join(" ");
      glyph.textContent = character;
      cells.forEach(({ bar, figure }, j) => {
        const [left, width] = j
          ? [0, Math.min(1, zoom * values[j])]
          : [
              (Math.min(values[0], 0) - low) / (high - low || 1),
              Math.abs(values[0]) / (high - low || 1),
            ];
        Object.assign(bar.style, { left: `${100 * left}%`, width: `${100 * width}%` });
        figure.textContent =
          j === 2 && kept[r] === 0 ? say(words.cut) : number(values[j], j ? 3 : 2);
      });
      row.setAttribute(
        "aria-label",
        say(words.row, {
          character,
          z: number(values[0], 2),
          p: number(values[1], 3),
          q: number(values[2], 3),
        }),
      );
    });
    const left = (values) => 1 - ranks.reduce((total, r) => total + values[r], 0);
    rest_figures.forEach(
      (figure, i) => (figure.textContent = number(Math.max(0, left([tempered, kept][i])), 3)),
    );
    rest_count.textContent = say(words.more, {
      count: number((open.vocabulary ?? order.length) - ranks.length, 0),
    });
    scales.forEach((scale) => (scale.textContent = zoom > 1 ? ` ×${zoom}` : ""));
  }
  function draw_line({ order, kept, rank, u }, ranks) {
    const segments = [];
    let from = 0;
    kept.forEach((q, r) => {
      // what has no row of its own is one segment with its neighbours
      if (!q) return;
      const named = ranks.includes(r),
        last = segments.at(-1);
      if (named || !last || last.named) segments.push({ r, named, from, q });
      else last.q += q;
      from += q;
    });
    line.replaceChildren(
      ...segments.map(({ r, named, from, q }) =>
        make(
          "div",
          {
            class: `segment${r === rank ? " hit" : ""}${named ? "" : " many"}`,
            style: `top: ${100 * from}%; height: ${100 * q}%`,
          },
          q < 0.05 ? "" : named ? visible(open.alphabet[order[r]]) : "…",
        ),
      ),
    );
    marker.style.top = `${100 * u}%`;
    fallen.style.setProperty("--u", u);
    result.replaceChildren(
      make("span", { class: "noise" }, "u", make("sub", {}, at + 1), ` = ${number(u, 4)}`),
      make("b", {}, visible(open.alphabet[order[rank]])),
    );
  }
  function explain({ z, order, tempered, kept, left, rank, from, to, u }, standing) {
    const [now, drawn] = [order[rank], open.tokens[at]].map((token) =>
        visible(open.alphabet[token]),
      ),
      values = { index: at + 1, now, drawn };
    const word = open.chosen.has(at)
      ? rank === standing
        ? "agreed"
        : "chosen"
      : rank === standing
        ? "falls"
        : "would";
    message.className = `message ${word}`;
    message.replaceChildren(say(words[word], values), ...(word === "would" ? [rewrite] : []));
    const T = number(sampling.temperature, 2),
      letter = (name, ...below) => make("span", {}, make("i", {}, name), ...below);
    const of = (name) => letter(name, "(", make("b", {}, now), ")");
    formula.replaceChildren(
      make(
        "p",
        {},
        of("p"),
        ` = exp(${number(z[order[rank]], 2)} / ${T}) / Σ exp(`,
        letter("z"),
        ` / ${T}) = ${share(tempered[rank])}`,
      ),
      make("p", {}, of("q"), ` = ${share(tempered[rank])} / ${share(left)} = ${share(kept[rank])}`),
      make(
        "p",
        {},
        `${number(from, 4)} ≤ `,
        letter("u", make("sub", {}, at + 1)),
        ` = ${number(u, 4)} < ${number(to, 4)}  ⟹  `,
        letter("x", make("sub", {}, at + 1)),
        " = ",
        make("b", { class: "generated" }, now),
      ),
    );
  }
  let listed = null;
  function draw_branches() {
    const now = JSON.stringify([
      branches.indexOf(open),
      branches.map((branch) => Math.min(branch.tokens.length, branch.start + 18)),
    ]);
    if (listed === now) return;
    listed = now;
    list.replaceChildren(
      ...branches.map((branch) => {
        const [position, character] = branch.title ?? [],
          begin = branch.title ? branch.start : 0;
        const beginning = [...spelt(branch, begin, begin + 18)]
          .map(visible)
          .join("")
          .replaceAll("␣", " ");
        const name = branch.title
          ? [
              "↳ ",
              make("b", {}, position + 1),
              make("b", { class: "generated" }, character ? visible(character) : "⟳"),
            ]
          : [
              make(
                "b",
                {},
                say(words.root, {
                  model: say(words[branch.model] ?? branch.model.split("/").at(-1)),
                  seed: branch.seed,
                }),
              ),
            ];
        const shape = {
          class: "branch",
          translate: "no",
          style: `--depth: ${branch.depth}`,
          "aria-pressed": branch === open,
        };
        return button(
          shape,
          () => {
            pause();
            show(branch, branch.start);
          },
          ...name,
          ` ${beginning}…`,
        );
      }),
      ...(branches.length < 2 ? [hint] : []),
    );
    requestAnimationFrame(
      () =>
        (list.scrollTop = list.children[branches.indexOf(open)].offsetTop - list.clientHeight / 2),
    );
  }
  watch("value", () => receive());
  receive();
}
