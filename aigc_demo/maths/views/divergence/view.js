// KL divergence in five parts, the first four computed here as in divergence.py; value, for part 5:
// see divergence.py's `readers`.

import {
  maths_bars,
  maths_clamp,
  maths_column,
  maths_columns,
  maths_figures,
  maths_foot,
  maths_grid,
  maths_head,
  maths_legend,
  maths_log_normal,
  maths_normal,
  maths_of_gaussians,
  maths_plot,
  maths_shown,
  maths_slider,
  maths_stage,
  maths_sum,
  maths_tex,
  maths_text,
  maths_toned,
} from "aigc/maths/views/_shared/board.js";
import { katex_formula } from "aigc/ui/katex.js";
import { stepper } from "aigc/ui/stepper.js";

export default function mount({ element, trigger, props, watch }) {
  const { make, say, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged mathematics divergence";
  root.style.setProperty("--parts", 5);
  const told = (key, values) => say(words[key], values);
  const number = maths_shown,
    tex = maths_tex,
    tone = maths_toned;
  const P = tone("data", "P"),
    Q = tone("generated", "Q"),
    FORWARD = `D_{\\mathrm{KL}}(${P}\\,\\|\\,${Q})`,
    REVERSE = `D_{\\mathrm{KL}}(${Q}\\,\\|\\,${P})`;

  // --- The arithmetic ---
  const parts = (p, q) => p.map((each, i) => (each === 0 ? 0 : each * Math.log(each / q[i])));
  const EDGE = 16,
    GRID = maths_grid([-EDGE, EDGE], 801),
    CELL = GRID[1] - GRID[0];
  const log_mixture = ({ distance, share, width }) =>
    GRID.map((x) => {
      const [left, right] = [
          Math.log(share) + maths_log_normal(x, -distance, width),
          Math.log(1 - share) + maths_log_normal(x, distance, width),
        ],
        most = Math.max(left, right);
      return most + Math.log(Math.exp(left - most) + Math.exp(right - most));
    });
  function to_mixture(log_p, mean, log_width, forward) {
    const width = Math.exp(log_width);
    let sum = 0;
    for (let i = 0; i < GRID.length; i++) {
      const log_q = maths_log_normal(GRID[i], mean, width);
      sum += forward
        ? Math.exp(log_p[i]) * (log_p[i] - log_q)
        : Math.exp(log_q) * (log_q - log_p[i]);
    }
    return sum * CELL;
  }
  function fit(log_p, forward, start) {
    // a compass search
    let best = [start, Math.log(0.5)],
      least = to_mixture(log_p, ...best, forward),
      step = 0.5,
      tries = 1;
    while (step > 1e-5) {
      const around = [
        [step, 0],
        [-step, 0],
        [0, step],
        [0, -step],
      ]
        .map((by) => best.map((each, k) => each + by[k]))
        .filter(([, log_width]) => Math.exp(log_width) >= 0.1 && Math.exp(log_width) <= 10);
      const found = around.map((each) => to_mixture(log_p, ...each, forward)),
        lowest = Math.min(...found);
      tries += found.length;
      if (lowest < least) [least, best] = [lowest, around[found.indexOf(lowest)]];
      else step /= 2;
    }
    return { mean: best[0], width: Math.exp(best[1]), divergence: least, tries };
  }
  // The distribution with outcome i at `to`, the others in their proportion.
  function moved(p, i, to) {
    const others = 1 - p[i];
    return p.map((each, j) =>
      j === i ? to : others > 1e-9 ? (each * (1 - to)) / others : (1 - to) / (p.length - 1),
    );
  }

  // --- 1 and 2. Bars, and why the sum is never below zero ---
  let p = [0.45, 0.3, 0.15, 0.1],
    q = [0.2, 0.25, 0.25, 0.3];
  const outcomes = ["a", "b", "c", "d"];
  const button = (word, act) => {
    const made = make("button", { type: "button" }, told(word));
    made.addEventListener("click", act);
    return made;
  };
  const actions = (again) =>
    make(
      "div",
      { class: "choice-of" },
      button("equal", () => {
        q = [...p];
        again();
      }),
      button("swap", () => {
        [p, q] = [q, p];
        again();
      }),
      button("missing", () => {
        q = moved(q, 0, 0);
        again();
      }),
    );
  const both = () =>
    maths_figures({ forward: [told("forward"), "loss"], reverse: [told("reverse"), "loss"] });

  const bars_part = (() => {
    const formula = katex_formula(props.katex),
      back = katex_formula(props.katex);
    const pulled = maths_bars({
      y: [0, 1],
      label: told("distributions"),
      columns: outcomes,
      look: "plain",
      sets: [
        {
          look: "data",
          label: (i) => told("of_p", { name: outcomes[i] }),
          pull: (i, to) => {
            p = moved(p, i, to);
            draw();
          },
        },
        {
          look: "generated",
          label: (i) => told("of_q", { name: outcomes[i] }),
          pull: (i, to) => {
            q = moved(q, i, to);
            draw();
          },
        },
      ],
    });
    const shares = maths_bars({
      y: [-0.6, 1],
      label: told("contributions"),
      columns: outcomes,
      look: "plain",
      sets: [{ look: "loss" }, { look: "loss pale" }],
    });
    const figures = both();
    const columns = maths_columns(
      maths_column(
        maths_head(
          told("distributions"),
          maths_legend([
            ["data filled", "P"],
            ["generated filled", "Q"],
          ]),
        ),
        pulled.element,
      ),
      maths_column(
        maths_head(
          told("contributions"),
          maths_legend([
            ["loss filled", "P ln (P / Q)"],
            ["loss filled pale", "Q ln (Q / P)"],
          ]),
        ),
        shares.element,
      ),
    );
    const foot = maths_foot(
      actions(() => draw()),
      figures.element,
    );
    const terms = (a, b, [one, other]) =>
      a
        .map(
          (each, i) =>
            `${tone(one, tex(each, 2))}\\log\\tfrac{${tone(one, tex(each, 2))}}{${tone(other, tex(b[i], 2))}}`,
        )
        .join("+");
    function draw() {
      const there = parts(p, q),
        back_again = parts(q, p),
        forward = maths_sum(there),
        reverse = maths_sum(back_again);
      formula.show(
        `${FORWARD} = \\sum_x ${P}(x)\\log\\frac{${P}(x)}{${Q}(x)}`,
        `= ${terms(p, q, ["data", "generated"])} = ${tone("loss", tex(forward))}`,
      );
      back.show(
        `${REVERSE} = ${terms(q, p, ["generated", "data"])} = ${tone("loss", tex(reverse))}`,
      );
      pulled.show([p, q]);
      shares.show([there, back_again]);
      figures.show({ forward: number(forward), reverse: number(reverse) });
      const same = forward < 1e-9,
        open = forward === Infinity || reverse === Infinity;
      said.textContent = told(same ? "bars_same" : open ? "bars_open" : "bars_said", {
        forward: number(forward),
        reverse: number(reverse),
      });
    }
    return { parts: [formula.element, back.element, columns, foot], draw };
  })();

  const bound_part = (() => {
    const MOST = 4,
      formula = katex_formula(props.katex);
    const plot = maths_plot({
      x: [0, MOST],
      y: [-3, 3],
      label: told("bound"),
      names: { x: "x = Q / P", y: "" },
      ticks: { x: [0, 1, 2, 3, 4], y: [-3, -2, -1, 0, 1, 2, 3] },
    });
    const over = plot.line("inked dashed"),
      under = plot.line("attention"),
      gaps = outcomes.map(() => plot.line("loss")),
      names = outcomes.map((name) => plot.dot("inked name", name));
    const knobs = outcomes.map((name, i) =>
      plot.handle({
        look: "generated small",
        label: told("ratio_of", { name }),
        range: { x: [0, MOST] },
        move: ([to]) => {
          q = moved(q, i, Math.min(1, to * p[i]));
          draw();
        },
      }),
    );
    const table = make("table", { translate: "no" }),
      figures = both(),
      grid = maths_grid([0, MOST], 241);
    const columns = maths_columns(
      maths_column(
        maths_legend([
          ["inked dashed", "x − 1"],
          ["attention", "ln x"],
          ["loss", told("gap")],
        ]),
        plot.element,
        actions(() => draw()),
      ),
      maths_column(
        told("each_outcome"),
        make("div", { class: "scroll" }, table),
        figures.element,
        make("p", { class: "remark" }, told("bound_remark")),
      ),
    );
    columns.classList.add("wide-first");
    function draw() {
      const ratio = p.map((each, i) => q[i] / each),
        forward = maths_sum(parts(p, q)),
        kept = maths_sum(q.filter((_, i) => p[i] > 0));
      formula.show(
        `-${FORWARD} = \\sum_x ${P}\\log\\frac{${Q}}{${P}}`,
        `\\;\\le\\; \\sum_x ${P}\\Bigl(\\frac{${Q}}{${P}} - 1\\Bigr) = \\sum_x ${Q} - \\sum_x ${P} = ${tex(kept - 1, 2)}`,
        `\\qquad ${tex(-forward)} \\le ${tex(kept - 1, 2)}`,
      );
      over(grid.map((x) => [x, x - 1]));
      under(grid.map((x) => [x, Math.log(x)]));
      ratio.forEach((x, i) => {
        gaps[i](
          Number.isFinite(x)
            ? [
                [x, Math.log(Math.max(x, 1e-6))],
                [x, x - 1],
              ]
            : [],
        );
        knobs[i].show(
          [x <= MOST ? x : NaN, Math.log(x) < -3 ? -3 : Math.log(x)],
          told("ratio_text", { x: number(x, 2), log: number(Math.log(x), 2) }),
        );
        names[i].show([x <= MOST ? x + 0.16 : NaN, Math.log(x) - 0.32]);
      });
      const row = (...cells) =>
        make(
          "tr",
          {},
          ...cells.map((cell, i) => make(i ? "td" : "th", i ? {} : { scope: "row" }, cell)),
        );
      table.replaceChildren(
        make(
          "tbody",
          {},
          make(
            "tr",
            {},
            ...["", "P", "Q", "x", "ln x", "x − 1"].map((name) =>
              name ? make("th", { scope: "col" }, name) : make("td"),
            ),
          ),
          ...ratio.map((x, i) =>
            row(
              outcomes[i],
              number(p[i], 2),
              number(q[i], 2),
              number(x, 2),
              number(Math.log(x), 2),
              number(x - 1, 2),
            ),
          ),
        ),
      );
      figures.show({ forward: number(forward), reverse: number(maths_sum(parts(q, p))) });
      said.textContent = told("bound_said", { forward: number(forward) });
    }
    return { parts: [formula.element, columns], draw };
  })();

  // --- 3. Two Gaussians ---
  const gaussians_part = (() => {
    const span = [-6, 6],
      range = { x: [0.3, 3] };
    let first = { mean: -1, width: 0.8 },
      second = { mean: 1, width: 1.6 };
    const formula = katex_formula(props.katex),
      back = katex_formula(props.katex),
      grid = maths_grid(span, 301);
    const plot = maths_plot({
      x: span,
      y: [0, 0.8],
      label: told("densities"),
      ticks: { x: [-6, -4, -2, 0, 2, 4, 6] },
    });
    const integrand = maths_plot({
      x: span,
      y: [-0.5, 1.6],
      label: told("integrands"),
      ticks: { x: [-6, -4, -2, 0, 2, 4, 6] },
    });
    const areas = {
        p: plot.area("data"),
        q: plot.area("generated"),
        there: integrand.area("loss"),
      },
      lines = {
        p: plot.line("data"),
        q: plot.line("generated dashed"),
        there: integrand.line("loss"),
        back: integrand.line("loss dotted"),
      };
    const pair = (look, get, set) => [
      plot.handle({
        look,
        label: told(look === "data" ? "mean_p" : "mean_q"),
        range: { x: [-4, 4] },
        step: 0.05,
        move: ([to]) => {
          set({ ...get(), mean: to });
          draw();
        },
      }),
      plot.handle({
        look: `${look} small`,
        label: told(look === "data" ? "width_p" : "width_q"),
        range: { x: [-6, 7] },
        step: 0.05,
        move: ([to]) => {
          set({ ...get(), width: maths_clamp(+(to - get().mean).toFixed(2), range.x) });
          draw();
        },
      }),
    ];
    const handles = {
      p: pair(
        "data",
        () => first,
        (to) => (first = to),
      ),
      q: pair(
        "generated",
        () => second,
        (to) => (second = to),
      ),
    };
    const figures = both();
    const columns = maths_columns(
      maths_column(
        maths_head(
          told("densities"),
          maths_legend([
            ["data", "P"],
            ["generated dashed", "Q"],
          ]),
        ),
        plot.element,
      ),
      maths_column(
        maths_head(
          told("integrands"),
          maths_legend([
            ["loss", "p ln (p / q)"],
            ["loss dotted", "q ln (q / p)"],
          ]),
        ),
        integrand.element,
      ),
    );
    const foot = maths_foot(
      figures.element,
      make("p", { class: "remark" }, told("gaussians_remark")),
    );
    const mu = (name, k) => tone(k === 1 ? "data" : "generated", `\\mu_${name}`),
      sigma = (name, k) => tone(k === 1 ? "data" : "generated", `\\sigma_${name}`);
    const filled = (a, b, x, y) =>
      `\\log\\frac{${tone(y, tex(b.width, 2))}}{${tone(x, tex(a.width, 2))}} + \\frac{${tone(x, `${tex(a.width, 2)}^2`)} + (${tone(x, tex(a.mean, 2))} - ${tone(y, tex(b.mean, 2, true))})^2}{2\\cdot ${tone(y, `${tex(b.width, 2)}^2`)}} - \\tfrac12`;
    function draw() {
      const forward = maths_of_gaussians(first, second),
        reverse = maths_of_gaussians(second, first);
      formula.show(
        `${FORWARD} = \\log\\frac{${sigma("Q", 2)}}{${sigma("P", 1)}} + \\frac{${sigma("P", 1)}^2 + (${mu("P", 1)} - ${mu("Q", 2)})^2}{2 ${sigma("Q", 2)}^2} - \\tfrac12`,
        `= ${filled(first, second, "data", "generated")} = ${tone("loss", tex(forward))}`,
      );
      back.show(
        `${REVERSE} = ${filled(second, first, "generated", "data")} = ${tone("loss", tex(reverse))}`,
      );
      const logs = [first, second].map(({ mean, width }) =>
          grid.map((x) => maths_log_normal(x, mean, width)),
        ),
        densities = logs.map((all) => all.map(Math.exp));
      const of = (values) => grid.map((x, i) => [x, values[i]]);
      areas.p(of(densities[0]));
      areas.q(of(densities[1]));
      lines.p(of(densities[0]));
      lines.q(of(densities[1]));
      const there = densities[0].map((each, i) => each * (logs[0][i] - logs[1][i])),
        back_again = densities[1].map((each, i) => each * (logs[1][i] - logs[0][i]));
      areas.there(of(there));
      lines.there(of(there));
      lines.back(of(back_again));
      [
        ["p", first],
        ["q", second],
      ].forEach(([name, { mean, width }]) => {
        const height = (x) => Math.min(0.8, maths_normal(x, mean, width));
        handles[name][0].show([mean, height(mean)], `μ = ${number(mean, 2)}`);
        handles[name][1].show([mean + width, height(mean + width)], `σ = ${number(width, 2)}`);
      });
      figures.show({ forward: number(forward), reverse: number(reverse) });
      said.textContent = told("gaussians_said", {
        forward: number(forward),
        reverse: number(reverse),
      });
    }
    return { parts: [formula.element, back.element, columns, foot], draw };
  })();

  // --- 4. One Gaussian for two ---
  const fit_part = (() => {
    const span = [-6, 6],
      grid = GRID.map((x, i) => [x, i]).filter(([x]) => x >= span[0] && x <= span[1]);
    let mixture = { distance: 2, share: 0.6, width: 0.7 },
      start = -1;
    const formula = katex_formula(props.katex);
    const plot = maths_plot({
      x: span,
      y: [0, 0.6],
      label: told("fits"),
      ticks: { x: [-6, -4, -2, 0, 2, 4, 6] },
    });
    const area = plot.area("data"),
      lines = {
        p: plot.line("data"),
        forward: plot.line("generated"),
        reverse: plot.line("attention dashed"),
      };
    const apart = plot.handle({
      look: "data",
      label: told("distance"),
      range: { x: [0, 4] },
      step: 0.05,
      move: ([to]) => {
        mixture = { ...mixture, distance: to };
        draw();
      },
    });
    const from = plot.handle({
      look: "attention small",
      label: told("start"),
      range: { x: [-4, 4] },
      step: 0.1,
      move: ([to]) => {
        start = to;
        draw();
      },
    });
    const share = maths_slider({
      label: told("share"),
      min: 0.05,
      max: 0.95,
      step: 0.01,
      value: mixture.share,
      name: "share",
      act: (to) => {
        mixture = { ...mixture, share: to };
        draw();
      },
    });
    const width = maths_slider({
      label: told("width"),
      min: 0.3,
      max: 2,
      step: 0.05,
      value: mixture.width,
      name: "width",
      act: (to) => {
        mixture = { ...mixture, width: to };
        draw();
      },
    });
    const figures = maths_figures({
      forward_mean: [told("forward_mean"), "generated"],
      forward_width: [told("forward_width"), "generated"],
      fit_forward: [told("forward"), "loss"],
    });
    const figures_back = maths_figures({
      reverse_mean: [told("reverse_mean"), "attention"],
      reverse_width: [told("reverse_width"), "attention"],
      fit_reverse: [told("reverse"), "loss"],
    });
    const columns = maths_columns(
      maths_column(
        maths_legend([
          ["data", told("mixture")],
          ["generated", told("covers")],
          ["attention dashed", told("seeks")],
        ]),
        plot.element,
        maths_foot(share.element, width.element),
      ),
      maths_column(
        told("covers"),
        figures.element,
        make("h4", {}, told("seeks")),
        figures_back.element,
        make("p", { class: "remark" }, told("fit_remark")),
      ),
    );
    columns.classList.add("wide-first");
    function draw() {
      const log_p = log_mixture(mixture),
        there = fit(log_p, true, start),
        back = fit(log_p, false, start);
      formula.show(
        `${tone("generated", "Q_1")} = \\arg\\min_{Q} D_{\\mathrm{KL}}(${P}\\,\\|\\,Q) = \\mathcal N(${tone("generated", `${tex(there.mean, 2)},\\,${tex(there.width, 2)}^2`)})`,
        `\\qquad ${tone("attention", "Q_2")} = \\arg\\min_{Q} D_{\\mathrm{KL}}(Q\\,\\|\\,${P}) = \\mathcal N(${tone("attention", `${tex(back.mean, 2)},\\,${tex(back.width, 2)}^2`)})`,
      );
      const shape = grid.map(([x, i]) => [x, Math.exp(log_p[i])]);
      area(shape);
      lines.p(shape);
      for (const [name, { mean, width }] of [
        ["forward", there],
        ["reverse", back],
      ])
        lines[name](grid.map(([x]) => [x, maths_normal(x, mean, width)]));
      const at = GRID.findIndex((x) => x >= mixture.distance);
      apart.show(
        [mixture.distance, Math.min(0.6, Math.exp(log_p[at]))],
        told("distance_text", { distance: number(mixture.distance, 2) }),
      );
      from.show([start, 0], told("start_text", { start: number(start, 1) }));
      figures.show({
        forward_mean: number(there.mean, 2),
        forward_width: number(there.width, 2),
        fit_forward: number(there.divergence),
      });
      figures_back.show({
        reverse_mean: number(back.mean, 2),
        reverse_width: number(back.width, 2),
        fit_reverse: number(back.divergence),
      });
      said.textContent = told("fit_said", {
        forward: number(there.divergence),
        reverse: number(back.divergence),
        tries: there.tries + back.tries,
      });
    }
    return { parts: [formula.element, columns], draw };
  })();

  // --- 5. Two real models ---
  const models_part = (() => {
    const MOST = 8;
    let value = null;
    const waking = make("p", { class: "waking" }, told("waking"));
    const formula = katex_formula(props.katex),
      list = make("ol", { class: "rows-of pairs" }),
      shares = make("ol", { class: "rows-of" });
    const typed = maths_text({
      label: told("text"),
      value: props.start,
      most: props.longest,
      act: (text) => trigger("submit", { text }),
    });
    const figures = both();
    const columns = maths_columns(
      maths_column(
        maths_head(
          told("expected"),
          maths_legend([
            ["data filled", told("transformer")],
            ["generated filled", told("rnn")],
          ]),
        ),
        list,
      ),
      maths_column(told("largest"), shares, make("p", { class: "remark" }, told("models_remark"))),
    );
    const head = maths_head("", formula.element, figures.element);
    const share = (tone, p) =>
      make("span", { class: `share ${tone}`, style: `--p: ${maths_clamp(p, [0, 1])}` });
    const small = (p) => (p < 0.0005 ? "<0.001" : number(p));
    function come() {
      if (props.value?.problem) waking.textContent = say(props.value.problem);
      if (!props.value?.log_p || props.value === value) return;
      value = props.value;
      if (waking.isConnected) show();
      else if (columns.isConnected) draw();
    }
    function draw() {
      if (!value) return;
      const first = value.log_p.map(Math.exp),
        second = value.log_q.map(Math.exp),
        there = first.map((each, i) => each * (value.log_p[i] - value.log_q[i]));
      const by = (weight) =>
        first
          .map((_, i) => i)
          .sort((a, b) => weight(b) - weight(a))
          .slice(0, MOST);
      const forward = value.forward,
        reverse = value.reverse;
      formula.show(
        `D_{\\mathrm{KL}}(\\text{${P}: Transformer}\\,\\|\\,\\text{${Q}: RNN}) = \\sum_{x} ${P}(x)\\log\\frac{${P}(x)}{${Q}(x)} = ${tone("loss", tex(forward))}\\text{ nats}`,
        `= ${tone("loss", tex(forward / Math.LN2))}\\text{ bits}`,
      );
      list.replaceChildren(
        ...by((i) => Math.max(first[i], second[i])).map((i) =>
          make(
            "li",
            {},
            make(
              "div",
              { class: "row-of", translate: "no" },
              make("b", {}, visible(value.alphabet[i])),
              make("span", {}, share("data", first[i]), share("generated", second[i])),
              make("span", { class: "end" }, `${small(first[i])} · ${small(second[i])}`),
            ),
          ),
        ),
      );
      const most = Math.max(...there.map(Math.abs), 1e-9);
      shares.replaceChildren(
        ...by((i) => Math.abs(there[i]))
          .slice(0, 6)
          .map((i) =>
            make(
              "li",
              {},
              make(
                "div",
                { class: "row-of", translate: "no" },
                make("b", {}, visible(value.alphabet[i])),
                share(`loss${there[i] < 0 ? " pale" : ""}`, Math.abs(there[i]) / most),
                make("span", { class: "end" }, number(there[i])),
              ),
            ),
          ),
      );
      figures.show({ forward: number(forward), reverse: number(reverse) });
      said.textContent = told("models_said", {
        forward: number(forward),
        reverse: number(reverse),
        bits: number(forward / Math.LN2),
      });
    }
    return {
      get parts() {
        return value ? [typed.element, head, columns] : [waking];
      },
      draw,
      come,
    };
  })();

  const PARTS = {
    bars: bars_part,
    bound: bound_part,
    gaussians: gaussians_part,
    fit: fit_part,
    models: models_part,
  };
  const { frame, said, show } = stepper(Object.keys(PARTS), words, {
    draw: (name) => {
      PARTS[name].draw();
      return PARTS[name].parts;
    },
  });
  maths_stage(root, frame);
  watch("value", models_part.come);
  show();
  models_part.come();
}
