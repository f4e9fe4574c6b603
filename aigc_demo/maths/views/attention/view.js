// Attention in two parts, computed here as in attention.py. value, for part 2: see attention.py's
// `heads`.

import {
  maths_choice,
  maths_clamp,
  maths_colour,
  maths_column,
  maths_figures,
  maths_foot,
  maths_head,
  maths_shown,
  maths_slider,
  maths_softmax,
  maths_stage,
  maths_sum,
  maths_tex,
  maths_text,
  maths_toned,
  maths_xlogy,
} from "aigc/maths/views/_shared/board.js";
import { katex_formula } from "aigc/ui/katex.js";
import { stepper } from "aigc/ui/stepper.js";

export default function mount({ element, trigger, props, watch }) {
  const { make, say, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged mathematics attend";
  root.style.setProperty("--parts", 2);
  const told = (key, values) => say(words[key], values);
  const number = maths_shown,
    tex = maths_tex,
    tone = maths_toned;

  // --- The arithmetic ---
  const times = (a, b) =>
    a.map((row) => b[0].map((_, j) => maths_sum(row.map((each, k) => each * b[k][j]))));
  const turned = (a) => a[0].map((_, j) => a.map((row) => row[j]));
  function weigh(scores, d_k, { scaled, masked, temperature }) {
    const by = (scaled ? Math.sqrt(d_k) : 1) * temperature;
    const divided = scores.map((row, i) =>
      row.map((score, j) => (masked && j > i ? -Infinity : score / by)),
    );
    return [divided, divided.map(maths_softmax)];
  }
  const entropy = (weights) =>
    -maths_sum(weights.map((each) => maths_xlogy(each, each))) / Math.LN2;
  const vector = (values, digits = 2) =>
    `(${values.map((each) => tex(each, digits)).join(",\\,")})`;

  // A matrix with its name: editable, or shown. show(values, {row}) marks a row; weights are
  // tinted.
  function matrix({ name, rows, columns, edit, look = "", pick, label }) {
    const caption = katex_formula(props.katex),
      cells = [];
    const grid = make("div", {
      class: "matrix",
      style: `--columns: ${columns}`,
      role: "group",
      "aria-label": label ?? "",
    });
    caption.show(name);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const cell = edit
          ? make("input", {
              type: "text",
              inputmode: "decimal",
              "aria-label": told("cell", { name: label, i: i + 1, j: j + 1 }),
            })
          : make("output", {});
        cell.classList.add("cell");
        if (edit) cell.addEventListener("input", () => edit(i, j, cell));
        if (pick) cell.addEventListener("click", () => pick(i));
        cells.push(cell);
        grid.append(cell);
      }
    function show(values, { row = -1, digits = 2 } = {}) {
      cells.forEach((cell, k) => {
        const i = Math.floor(k / columns),
          value = values[i][k % columns];
        if (edit) {
          if (document.activeElement !== cell)
            [cell.value, cell.ariaInvalid] = [String(value).replace("-", "−"), "false"];
        } else cell.textContent = number(value, digits);
        if (look.includes("tinted"))
          cell.style.setProperty("--w", Number.isFinite(value) ? maths_clamp(value, [0, 1]) : 0);
        cell.classList.toggle("row", i === row);
      });
    }
    return {
      element: make(
        "figure",
        { class: `held ${look}`, translate: "no" },
        make("figcaption", {}, caption.element),
        grid,
      ),
      show,
    };
  }
  const rules = (again, name) => {
    // a real head as it was trained
    const kept = { scaled: true, masked: name === "head", temperature: 1 };
    const change = (key) => (to) => {
      kept[key] = to;
      again();
    };
    const yes_no = [
      [true, told("on")],
      [false, told("off")],
    ];
    return {
      kept,
      controls: [
        maths_choice({
          label: "√dₖ",
          options: yes_no,
          value: true,
          name: `${name}-scaled`,
          act: change("scaled"),
        }).element,
        maths_choice({
          label: told("mask"),
          options: yes_no,
          value: kept.masked,
          name: `${name}-masked`,
          act: change("masked"),
        }).element,
        maths_slider({
          label: told("temperature"),
          min: 0.1,
          max: 4,
          step: 0.05,
          value: 1,
          name: `${name}-temperature`,
          act: change("temperature"),
        }).element,
      ],
    };
  };

  // --- 1. By hand ---
  const hand_part = (() => {
    const START = {
      2: {
        X: [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
        W_Q: [
          [2, 0],
          [0, 1],
        ],
        W_K: [
          [1, 1],
          [-1, 2],
        ],
        W_V: [
          [1, 0],
          [0, -1],
        ],
      },
      3: {
        X: [
          [1, 0, 0],
          [0, 1, 0],
          [1, 0, 1],
        ],
        W_Q: [
          [1, 0, 1],
          [0, 2, 0],
          [1, 0, 0],
        ],
        W_K: [
          [0, 1, 1],
          [1, 1, 0],
          [2, 0, 0],
        ],
        W_V: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, -1],
        ],
      },
    };
    const TEX = {
      X: tone("data", "X"),
      W_Q: tone("latent", "W_Q"),
      W_K: tone("latent", "W_K"),
      W_V: tone("latent", "W_V"),
    };
    let d = 2,
      given = structuredClone(START[d]),
      row = 1,
      made = null;
    const formula = katex_formula(props.katex),
      in_row = katex_formula(props.katex),
      in_sum = katex_formula(props.katex),
      board = make("div", { class: "boards" });
    const rule = rules(() => draw(), "hand");
    const dimension = maths_choice({
      label: "d",
      options: [
        [2, "2"],
        [3, "3"],
      ],
      value: d,
      name: "d",
      act: (to) => {
        [d, given, made] = [to, structuredClone(START[to]), null];
        draw();
      },
    });
    const asks = maths_choice({
      label: told("row"),
      options: [0, 1, 2].map((i) => [i, `${i + 1}`]),
      value: row,
      name: "row",
      act: (to) => {
        row = to;
        draw();
      },
    });
    const pick = (i) => {
      row = i;
      asks.set(i);
      draw();
    };
    const note = make("p", { class: "remark" }, told("hand_remark"));

    function edit(name) {
      return (i, j, cell) => {
        const text = cell.value.trim().replace("−", "-").replace(",", "."),
          to = text === "" ? NaN : Number(text),
          wrong = !Number.isFinite(to) || Math.abs(to) > 1000;
        cell.ariaInvalid = String(wrong);
        note.textContent = wrong
          ? told("no_number", { value: cell.value, name })
          : told("hand_remark");
        note.classList.toggle("wrong", wrong);
        if (wrong) return; // what stood there counts on
        given[name][i][j] = to;
        draw();
      };
    }
    function build() {
      const small = (name, label) => matrix({ name, rows: 3, columns: d, pick, label });
      made = {
        ...Object.fromEntries(
          ["X", "W_Q", "W_K", "W_V"].map((name) => [
            name,
            matrix({
              name: TEX[name],
              label: name,
              rows: name === "X" ? 3 : d,
              columns: d,
              edit: edit(name),
              look: name === "X" ? "data" : "latent",
            }),
          ]),
        ),
        Q: small("Q = XW_Q", "Q"),
        K: small("K = XW_K", "K"),
        V: small("V = XW_V", "V"),
        scores: matrix({ name: "QK^{T}", rows: 3, columns: 3, pick, label: told("scores") }),
        scaled: matrix({ name: "QK^{T}", rows: 3, columns: 3, pick, label: told("scaled") }),
        weights: matrix({
          name: tone("attention", "\\text{softmax}"),
          rows: 3,
          columns: 3,
          pick,
          look: "tinted",
          label: told("weights"),
        }),
        output: matrix({
          name: `${tone("attention", "\\text{softmax}")}\\cdot V`,
          rows: 3,
          columns: d,
          pick,
          label: told("output"),
        }),
      };
      const sign = (text) =>
        make("span", { class: "sign", "aria-hidden": "true", translate: "no" }, text);
      const scaled_name = made.scaled.element.querySelector("figcaption");
      made.rename = katex_formula(props.katex);
      scaled_name.replaceChildren(made.rename.element);
      board.classList.toggle("of-3", d === 3);
      board.replaceChildren(
        make(
          "div",
          { class: "line-of" },
          made.X.element,
          sign("×"),
          made.W_Q.element,
          made.W_K.element,
          made.W_V.element,
          sign("→"),
          made.Q.element,
          made.K.element,
          made.V.element,
        ),
        make(
          "div",
          { class: "line-of" },
          made.scores.element,
          sign("→"),
          made.scaled.element,
          sign("→"),
          made.weights.element,
          sign("→"),
          made.output.element,
        ),
      );
    }
    function draw() {
      if (!made) build();
      const { scaled, masked, temperature } = rule.kept;
      const [Q, K, V] = ["W_Q", "W_K", "W_V"].map((name) => times(given.X, given[name])),
        scores = times(Q, turned(K)),
        [divided, weights] = weigh(scores, d, rule.kept),
        output = times(weights, V);
      for (const name of ["X", "W_Q", "W_K", "W_V"]) made[name].show(given[name]);
      for (const [name, values] of Object.entries({ Q, scores, scaled: divided, weights, output }))
        made[name].show(values, { row });
      made.K.show(K);
      made.V.show(V);
      const under = [scaled ? `\\sqrt{${d}}` : "", temperature === 1 ? "" : tex(temperature, 2)]
        .filter(Boolean)
        .join("\\cdot ");
      made.rename.show(under ? `QK^{T} / ${under}` : "QK^{T}");
      formula.show(
        `\\text{Attention}(Q, K, V) = ${tone("attention", "\\text{softmax}")}\\Bigl(\\frac{QK^T}{${scaled ? "\\sqrt{d_k}" : "1"}${temperature === 1 ? "" : `\\cdot ${tex(temperature, 2)}`}}${masked ? " + M" : ""}\\Bigr)V`,
      );
      in_row.show(
        `${tone("attention", `\\alpha_{${row + 1}}`)} = \\text{softmax}${vector(divided[row])}`,
        `= \\Bigl(${divided[row].map((each) => `\\tfrac{e^{${tex(each, 2)}}}{\\Sigma}`).join(",")}\\Bigr) = ${tone("attention", vector(weights[row]))}`,
      );
      in_sum.show(
        `o_{${row + 1}} = ${weights[row].map((each, j) => `${tone("attention", tex(each, 2))}\\,${vector(V[j], 1)}`).join(" + ")} = ${vector(output[row])}`,
      );
      const most = weights[row].indexOf(Math.max(...weights[row]));
      said.textContent = told("hand_said", {
        row: row + 1,
        most: most + 1,
        share: number(100 * weights[row][most], 0),
        entropy: number(entropy(weights[row]), 2),
      });
    }
    return {
      parts: [
        maths_head("", formula.element, note),
        maths_foot(...rule.controls, asks.element, dimension.element),
        board,
        in_row.element,
        in_sum.element,
      ],
      draw,
    };
  })();

  // --- 2. A real head ---
  const head_part = (() => {
    const SHOWN = 5,
      LAYERS = 4,
      HEADS = 8,
      ALL = Array.from({ length: LAYERS * HEADS }, (_, i) => i);
    let value = null,
      chosen = 0,
      row = 0,
      grid = null,
      seen = null,
      painted = "";
    const waking = make("p", { class: "waking" }, told("waking"));
    const formula = katex_formula(props.katex),
      sum = katex_formula(props.katex),
      map = make("div", {
        class: "map-of",
        role: "group",
        "aria-label": told("map"),
        translate: "no",
      }),
      list = make("ol", { class: "rows-of" });
    const typed = maths_text({
      label: told("text"),
      value: props.start,
      most: props.most,
      act: (text) => trigger("submit", { text }),
    });
    const rule = rules(() => draw(), "head");
    const place = (i) => [Math.floor(i / HEADS), i % HEADS],
      named = (i) => {
        const [layer, head] = place(i);
        return { layer: layer + 1, head: head + 1 };
      };
    const small = ALL.map((i) =>
      make("canvas", { role: "img", "aria-label": told("head", named(i)) }),
    );
    const heads = maths_choice({
      label: told("heads"),
      options: ALL.map((i) => [i, small[i]]),
      value: 0,
      name: "head",
      columns: HEADS,
      act: (to) => {
        chosen = to;
        draw();
      },
    });
    const figures = maths_figures({
      largest: [told("largest"), "attention"],
      entropy: [told("entropy")],
      all_entropy: [told("all_entropy")],
    });
    const asking = make("h4");
    heads.element.classList.add("heads-of");
    const columns = make(
      "div",
      { class: "desk-of" },
      map,
      maths_column(
        "",
        typed.element,
        formula.element,
        maths_foot(...rule.controls),
        make("div", { class: "answers-of" }, heads.element, maths_column(asking, list)),
        maths_head("", figures.element, sum.element),
      ),
    );

    const floats = ({ float32, shape }) => {
      const flat = new Float32Array(
          Uint8Array.from(atob(float32), (each) => each.charCodeAt(0)).buffer,
        ),
        [, H, T, D] = shape;
      return (l, h) =>
        Array.from({ length: T }, (_, i) =>
          Array.from(flat.subarray(((l * H + h) * T + i) * D, ((l * H + h) * T + i + 1) * D)),
        );
    };
    function come() {
      if (props.value?.problem) waking.textContent = say(props.value.problem);
      if (!props.value?.scores || props.value === value) return;
      if (!value) {
        chosen = (props.value.layer - 1) * HEADS + props.value.head - 1;
        heads.set(chosen);
      }
      value = props.value;
      seen = { scores: floats(value.scores), values: floats(value.values) };
      row = value.text.length - 1;
      build();
      if (waking.isConnected) show();
      else if (columns.isConnected) draw();
    }
    function choose(to) {
      row = maths_clamp(to, [0, value.text.length - 1]);
      draw();
      grid.asks[row].focus({ preventScroll: true });
    }
    function build() {
      const T = value.text.length,
        letters = value.text.map(visible);
      const asks = letters.map((letter, i) => {
        const button = make(
          "button",
          { type: "button", class: "asks", "aria-label": told("asks", { i: i + 1, letter }) },
          letter,
        );
        button.addEventListener("click", () => choose(i));
        button.addEventListener("keydown", (event) => {
          const to = { ArrowUp: i - 1, ArrowDown: i + 1, Home: 0, End: T - 1 }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          choose(to);
        });
        return button;
      });
      const cells = letters.map((_, i) =>
        letters.map((_, j) => {
          const cell = make("i", { class: "weight" });
          cell.addEventListener("click", () => choose(i));
          return cell;
        }),
      );
      grid = { asks, cells };
      map.style.setProperty("--count", T);
      map.replaceChildren(
        make("span"),
        ...letters.map((letter) => make("b", { "aria-hidden": "true" }, letter)),
        ...letters.flatMap((_, i) => [asks[i], ...cells[i]]),
      );
    }
    // Every head as a small map of its weights, by the rules that are on.
    function paint() {
      if (
        painted === (painted = JSON.stringify([value.text, rule.kept, maths_colour("attention")]))
      )
        return;
      const T = value.text.length,
        colour = maths_colour("attention");
      small.forEach((canvas, i) => {
        const pixels = new ImageData(T, T);
        weigh(seen.scores(...place(i)), value.d_k, rule.kept)[1]
          .flat()
          .forEach((weight, k) => pixels.data.set([...colour, 255 * weight], 4 * k));
        Object.assign(canvas, { width: T, height: T }).getContext("2d").putImageData(pixels, 0, 0);
      });
    }
    function draw() {
      if (!value) return;
      paint();
      const [layer, head] = place(chosen),
        scores = seen.scores(layer, head),
        values = seen.values(layer, head),
        { scaled, masked, temperature } = rule.kept;
      const [divided, weights] = weigh(scores, value.d_k, rule.kept),
        here = weights[row],
        letters = value.text.map(visible);
      grid.cells.forEach((cells, i) =>
        cells.forEach((cell, j) => {
          cell.style.setProperty("--w", weights[i][j].toFixed(4));
          cell.classList.toggle("future", masked && j > i);
          cell.classList.toggle("row", i === row);
        }),
      );
      grid.asks.forEach((button, i) => {
        button.setAttribute("aria-pressed", i === row);
        button.tabIndex = i === row ? 0 : -1;
      });
      const best = here.map((_, j) => j).sort((a, b) => here[b] - here[a]),
        j = best[0],
        output = times([here], values)[0];
      const under = `${scaled ? `\\sqrt{${value.d_k}}` : "1"}${temperature === 1 ? "" : `\\cdot ${tex(temperature, 2)}`}`;
      formula.show(
        `${tone("attention", `\\alpha_{${row + 1},${j + 1}}`)} = \\frac{\\exp(q_{${row + 1}}\\cdot k_{${j + 1}} / ${under})}{\\sum_{m${masked ? ` \\le ${row + 1}` : ""}} \\exp(q_{${row + 1}}\\cdot k_m / ${under})}`,
        `= \\frac{e^{${tex(scores[row][j], 2)}\\,/\\,${under}}}{\\Sigma} = ${tone("attention", tex(here[j]))}`,
      );
      sum.show(
        `o_{${row + 1}} = \\sum_j ${tone("attention", `\\alpha_{${row + 1},j}`)}\\,v_j = \\bigl(${output.map((each) => tex(each, 2)).join(",\\,")},\\,\\dots\\bigr)`,
      );
      asking.textContent = told("asking", { i: row + 1, letter: letters[row] });
      list.replaceChildren(
        ...best
          .slice(0, SHOWN)
          .filter((k) => here[k] > 0)
          .map((k) =>
            make(
              "li",
              {},
              make(
                "div",
                { class: "row-of", translate: "no" },
                make("b", {}, letters[k]),
                make("span", { class: "share attention", style: `--p: ${here[k]}` }),
                make("span", { class: "end" }, `${number(here[k])}`),
              ),
            ),
          ),
      );
      figures.show({
        largest: number(here[j]),
        entropy: number(entropy(here), 2),
        all_entropy: number(maths_sum(weights.map(entropy)) / weights.length, 2),
      });
      said.textContent = told("head_said", {
        ...named(chosen),
        i: row + 1,
        letter: letters[row],
        j: j + 1,
        answer: letters[j],
        share: number(100 * here[j], 0),
      });
    }
    return {
      get parts() {
        return value ? [columns] : [waking];
      },
      draw,
      come,
    };
  })();

  const PARTS = { hand: hand_part, real: head_part };
  const { frame, said, show } = stepper(Object.keys(PARTS), words, {
    draw: (name) => {
      PARTS[name].draw();
      return PARTS[name].parts;
    },
  });
  maths_stage(root, frame);
  new MutationObserver(() => head_part.draw()).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
  watch("value", head_part.come);
  show();
  head_part.come();
}
