// Noise in three parts, computed here as in noise.py.

import {
  maths_bars,
  maths_choice,
  maths_clamp,
  maths_column,
  maths_columns,
  maths_figures,
  maths_foot,
  maths_grid,
  maths_head,
  maths_legend,
  maths_normal,
  maths_of_gaussians,
  maths_plot,
  maths_shown,
  maths_slider,
  maths_stage,
  maths_tex,
  maths_toned,
} from "aigc/maths/views/_shared/board.js";
import { katex_formula } from "aigc/ui/katex.js";
import { stepper } from "aigc/ui/stepper.js";

export default function mount({ element, props }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged mathematics noisy";
  root.style.setProperty("--parts", 3);
  const told = (key, values) => say(words[key], values);
  const number = maths_shown,
    tex = maths_tex,
    tone = maths_toned;

  // --- The arithmetic ---
  const STEPS = 1000,
    MOMENTS = Array.from({ length: STEPS }, (_, t) => t);
  const left = MOMENTS.concat(STEPS).map(
    (t) => Math.cos((((t / STEPS + 0.008) / 1.008) * Math.PI) / 2) ** 2,
  );
  const BETA = {
    linear: MOMENTS.map((t) => 1e-4 + ((0.02 - 1e-4) * t) / (STEPS - 1)),
    cosine: MOMENTS.map((t) => Math.min(1 - left[t + 1] / left[t], 0.999)),
  };
  const ALPHA_BAR = Object.fromEntries(
    Object.entries(BETA).map(([name, beta]) => {
      let kept = 1;
      return [name, beta.map((each) => (kept *= 1 - each))];
    }),
  );
  const decibels = (kept) => 10 * Math.log10(kept / (1 - kept));
  const noised = (x_0, t, schedule) => {
    const kept = ALPHA_BAR[schedule][t];
    return {
      kept,
      mean: Math.sqrt(kept) * x_0,
      width: Math.sqrt(1 - kept),
      snr: kept / (1 - kept),
      decibels: decibels(kept),
    };
  };
  function elbo(x, q, a, s) {
    const reconstruction =
        -0.5 * Math.log(2 * Math.PI * s * s) -
        ((x - a * q.mean) ** 2 + (a * q.width) ** 2) / (2 * s * s),
      kl = maths_of_gaussians(q, { mean: 0, width: 1 });
    const whole = Math.hypot(a, s),
      precision = 1 + (a / s) ** 2,
      posterior = { mean: (a * x) / (s * s) / precision, width: precision ** -0.5 };
    return {
      reconstruction,
      kl,
      elbo: reconstruction - kl,
      evidence: -((x / whole) ** 2) / 2 - Math.log(whole * Math.sqrt(2 * Math.PI)),
      gap: maths_of_gaussians(q, posterior),
      posterior,
    };
  }
  // The noise of a walk, the same at every visit: Mulberry32 and Box-Muller.
  function normals(seed, count) {
    const uniform = () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    return Array.from(
      { length: count },
      () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    );
  }
  const DRAWN = Array.from({ length: 12 }, (_, i) => normals(i + 1, STEPS));

  let t = 250,
    schedule = "linear";
  const EVERY = MOMENTS.filter((each) => each % 5 === 0 || each === STEPS - 1);
  const choices = (again) =>
    maths_choice({
      label: told("schedule"),
      options: [
        ["linear", told("linear")],
        ["cosine", told("cosine")],
      ],
      value: schedule,
      name: "schedule",
      act: (to) => {
        schedule = to;
        again();
      },
    });

  // --- 1. Noise without walking ---
  const leap_part = (() => {
    let x_0 = 2;
    const formula = katex_formula(props.katex),
      chosen = choices(() => draw());
    const fan = maths_plot({
      x: [0, STEPS - 1],
      y: [-4, 4],
      label: told("fan"),
      names: { x: "t", y: "x" },
      ticks: { x: [0, 250, 500, 750, 999], y: [-4, -2, 0, 2, 4] },
    });
    const walks = DRAWN.map(() => fan.line("noise faint")),
      band = [fan.line("noise thin dashed"), fan.line("noise thin dashed")],
      middle = fan.line("data"),
      beam = fan.dot("inked beam");
    const from = fan.handle({
      look: "data",
      label: told("x_0"),
      along: "y",
      step: 0.05,
      column: 0,
      range: { y: [-3, 3] },
      move: ([, to]) => {
        x_0 = to;
        draw();
      },
    });
    const when = fan.handle({
      look: "inked",
      label: told("t"),
      along: "x",
      step: 1,
      range: { x: [0, STEPS - 1] },
      move: ([to]) => {
        t = to;
        draw();
      },
    });
    const shape = maths_plot({
      x: [-4, 4],
      y: [0, 1],
      label: told("density"),
      ticks: { x: [-4, -2, 0, 2, 4] },
    });
    const area = shape.area("noise"),
      line = shape.line("noise"),
      goal = shape.line("soft dotted thin"),
      origin = shape.dot("data beam"),
      marks = DRAWN.map(() => shape.dot("noise round tiny"));
    const figures = maths_figures({
      alpha_bar: ["ᾱₜ"],
      mean: [told("mean"), "data"],
      width: [told("width"), "noise"],
      decibels: [told("snr")],
    });
    const columns = maths_columns(
      maths_column(
        maths_legend([
          ["data", told("mean")],
          ["noise dashed", told("twice")],
          ["noise faint", told("walks")],
        ]),
        fan.element,
      ),
      maths_column(
        maths_head(
          told("density"),
          maths_legend([
            ["noise", "q(xₜ | x₀)"],
            ["soft dotted", "N(0, 1)"],
          ]),
        ),
        shape.element,
      ),
    );
    const foot = maths_foot(chosen.element, figures.element);
    columns.classList.add("wide-first");
    const grid = maths_grid([-4, 4], 241);
    function draw() {
      chosen.set(schedule);
      const now = noised(x_0, t, schedule),
        all = EVERY.map((each) => [each, noised(x_0, each, schedule)]);
      formula.show(
        `q(x_t \\mid ${tone("data", "x_0")}) = \\mathcal N\\bigl(x_t;\\; \\sqrt{\\bar\\alpha_t}\\,${tone("data", "x_0")},\\; ${tone("noise", "(1 - \\bar\\alpha_t)")}\\bigr)`,
        `= \\mathcal N\\bigl(\\sqrt{${tex(now.kept, 4)}}\\cdot ${tone("data", tex(x_0, 2, true))},\\; ${tone("noise", tex(1 - now.kept, 4))}\\bigr) = \\mathcal N\\bigl(${tone("data", tex(now.mean, 2))},\\; ${tone("noise", `${tex(now.width, 2)}^2`)}\\bigr)`,
      );
      middle(all.map(([each, { mean }]) => [each, mean]));
      band.forEach((line, k) =>
        line(all.map(([each, { mean, width }]) => [each, mean + (k ? -2 : 2) * width])),
      );
      DRAWN.forEach((noise, k) => {
        // step by step, as the chain is defined
        let x = x_0,
          here = x_0;
        const path = [[0, x_0]];
        for (let each = 0; each < STEPS; each++) {
          x =
            Math.sqrt(1 - BETA[schedule][each]) * x + Math.sqrt(BETA[schedule][each]) * noise[each];
          if (each === t) here = x;
          if (each % 5 === 0) path.push([each, x]);
        }
        walks[k](path);
        marks[k].show([here, 0.03]);
      });
      beam.show([t, 0]);
      from.show([0, x_0], `x₀ = ${number(x_0, 2)}`);
      when.show([t, now.mean], `t = ${t}`);
      const density = grid.map((x) => [x, maths_normal(x, now.mean, now.width)]),
        tallest = Math.max(1, ...density.map(([, each]) => each));
      // a narrow peak is shrunk to fit
      const fitted = density.map(([x, each]) => [x, each / tallest]);
      area(fitted);
      line(fitted);
      goal(grid.map((x) => [x, maths_normal(x, 0, 1) / tallest]));
      origin.show([x_0, 0]);
      figures.show({
        alpha_bar: number(now.kept, 4),
        mean: number(now.mean, 2),
        width: number(now.width, 2),
        decibels: number(now.decibels, 1),
      });
      said.textContent = told("leap_said", {
        t,
        share: number(100 * now.kept, 1),
        x: number(x_0, 2),
        mean: number(now.mean, 2),
        width: number(now.width, 2),
      });
    }
    return { parts: [formula.element, columns, foot], draw };
  })();

  // --- 2. Schedules ---
  const schedules_part = (() => {
    const formula = katex_formula(props.katex),
      LOOKS = { linear: "latent", cosine: "attention dashed" };
    const ticks = { x: [0, 250, 500, 750, 999] };
    const kept = maths_plot({
      x: [0, STEPS - 1],
      y: [0, 1],
      label: told("kept"),
      names: { x: "t" },
      ticks: { ...ticks, y: [0, 0.5, 1] },
      digits: { y: 1 },
    });
    const ratio = maths_plot({
      x: [0, STEPS - 1],
      y: [-50, 50],
      label: told("ratio"),
      names: { x: "t" },
      ticks: { ...ticks, y: [-40, -20, 0, 20, 40] },
    });
    const lines = Object.fromEntries(
        Object.entries(LOOKS).map(([name, look]) => [name, [kept.line(look), ratio.line(look)]]),
      ),
      beams = [kept.dot("inked beam"), ratio.dot("inked beam")];
    const spots = Object.fromEntries(
      Object.entries(LOOKS).map(([name, look]) => [
        name,
        [kept.dot(`${look.split(" ")[0]} round`), ratio.dot(`${look.split(" ")[0]} round`)],
      ]),
    );
    const when = kept.handle({
      look: "inked",
      label: told("t"),
      along: "x",
      step: 1,
      range: { x: [0, STEPS - 1] },
      move: ([to]) => {
        t = to;
        draw();
      },
    });
    const figures = maths_figures({
      linear_kept: [`ᾱₜ ${told("linear")}`, "latent"],
      cosine_kept: [`ᾱₜ ${told("cosine")}`, "attention"],
    });
    const figures_db = maths_figures({
      linear_db: [`dB ${told("linear")}`, "latent"],
      cosine_db: [`dB ${told("cosine")}`, "attention"],
    });
    const columns = maths_columns(
      maths_column(
        maths_head(
          told("kept"),
          maths_legend([
            ["latent", told("linear")],
            ["attention dashed", told("cosine")],
          ]),
        ),
        kept.element,
        figures.element,
      ),
      maths_column(told("ratio"), ratio.element, figures_db.element),
    );
    const remark = make("p", { class: "remark" }, told("schedules_remark"));
    for (const name of Object.keys(LOOKS)) {
      lines[name][0](EVERY.map((each) => [each, ALPHA_BAR[name][each]]));
      lines[name][1](EVERY.map((each) => [each, decibels(ALPHA_BAR[name][each])]));
    }
    const half = Object.fromEntries(
      Object.keys(LOOKS).map((name) => [name, ALPHA_BAR[name].findIndex((each) => each < 0.5)]),
    );
    function draw() {
      const [linear, cosine] = ["linear", "cosine"].map((name) => ALPHA_BAR[name][t]);
      formula.show(
        `\\bar\\alpha_t = \\prod_{s\\le t}(1-\\beta_s),\\quad \\mathrm{SNR}_t = \\frac{\\bar\\alpha_t}{1-\\bar\\alpha_t}`,
        `\\qquad ${tone("latent", `\\frac{${tex(linear, 4)}}{${tex(1 - linear, 4)}} = ${tex(linear / (1 - linear), 4)}`)}`,
        `\\qquad ${tone("attention", `\\frac{${tex(cosine, 4)}}{${tex(1 - cosine, 4)}} = ${tex(cosine / (1 - cosine), 4)}`)}`,
      );
      for (const [name, value] of [
        ["linear", linear],
        ["cosine", cosine],
      ]) {
        spots[name][0].show([t, value]);
        spots[name][1].show([t, decibels(value)]);
      }
      beams.forEach((beam) => beam.show([t, 0]));
      when.show([t, 0], `t = ${t}`);
      figures.show({ linear_kept: number(linear, 4), cosine_kept: number(cosine, 4) });
      figures_db.show({
        linear_db: number(decibels(linear), 1),
        cosine_db: number(decibels(cosine), 1),
      });
      said.textContent = told("schedules_said", { t, linear: half.linear, cosine: half.cosine });
    }
    return { parts: [formula.element, columns, remark], draw };
  })();

  // --- 3. The bound of a VAE ---
  const elbo_part = (() => {
    let x = 2.2,
      q = { mean: 0.4, width: 0.9 },
      slope = 1.5,
      spread = 0.8;
    const formula = katex_formula(props.katex),
      whole = katex_formula(props.katex);
    const span = [-4, 4],
      grid = maths_grid(span, 241),
      far = [-6, 6],
      far_grid = maths_grid(far, 241);
    const latent = maths_plot({
      x: span,
      y: [0, 1.3],
      label: told("latent"),
      names: { x: "z" },
      ticks: { x: [-4, -2, 0, 2, 4] },
    });
    const seen = maths_plot({
      x: far,
      y: [0, 0.6],
      label: told("seen"),
      names: { x: "x" },
      ticks: { x: [-6, -4, -2, 0, 2, 4, 6] },
    });
    const area = latent.area("latent"),
      lines = {
        prior: latent.line("noise dotted"),
        posterior: latent.line("inked dashed"),
        q: latent.line("latent"),
        marginal: seen.line("noise dotted"),
        decoded: seen.line("generated"),
      },
      beam = seen.dot("data beam");
    const middle = latent.handle({
      look: "latent",
      label: told("q_mean"),
      range: { x: [-3, 3] },
      step: 0.05,
      move: ([to]) => {
        q = { ...q, mean: to };
        draw();
      },
    });
    const side = latent.handle({
      look: "latent small",
      label: told("q_width"),
      range: { x: [-3, 4] },
      step: 0.05,
      move: ([to]) => {
        q = { ...q, width: maths_clamp(+(to - q.mean).toFixed(4), [0.1, 2.5]) };
        draw();
      },
    });
    const shown = seen.handle({
      look: "data",
      label: told("x"),
      range: { x: [-5, 5] },
      step: 0.05,
      move: ([to]) => {
        x = to;
        draw();
      },
    });
    const dials = [
      maths_slider({
        label: told("spread"),
        min: 0.2,
        max: 2,
        step: 0.05,
        value: spread,
        name: "spread",
        act: (to) => {
          spread = to;
          draw();
        },
      }),
      maths_slider({
        label: told("slope"),
        min: 0,
        max: 3,
        step: 0.05,
        value: slope,
        name: "slope",
        act: (to) => {
          slope = to;
          draw();
        },
      }),
    ];
    const tighten = make("button", { type: "button" }, told("tighten")),
      collapse = make("button", { type: "button" }, told("collapse"));
    tighten.addEventListener("click", () => {
      q = { ...elbo(x, q, slope, spread).posterior };
      draw();
    });
    collapse.addEventListener("click", () => {
      q = { mean: 0, width: 1 };
      draw();
    });
    const bars = maths_bars({
      y: [-7, 0.6],
      label: told("parts_of"),
      columns: ["rec", "−KL", "ELBO", "ln p(x)"],
      look: "plain",
      sets: [{ look: ["generated", "latent", "loss", "inked pale"] }],
    });
    const figures = maths_figures({
      reconstruction: [told("reconstruction"), "generated"],
      kl: [told("kl"), "latent"],
      elbo: ["ELBO", "loss"],
      evidence: ["ln p(x)"],
      gap: [told("gap")],
    });
    const columns = maths_columns(
      maths_column(
        told("latent"),
        maths_legend([
          ["latent", "q(z | x)"],
          ["noise dotted", "p(z)"],
          ["inked dashed", "p(z | x)"],
        ]),
        latent.element,
      ),
      maths_column(
        told("seen"),
        maths_legend([
          ["generated", "p(x | z = μ)"],
          ["noise dotted", "p(x)"],
        ]),
        seen.element,
      ),
      maths_column(told("parts_of"), bars.element),
    );
    const hands = maths_foot(
      make("div", { class: "choice-of" }, tighten, collapse),
      ...dials.map(({ element }) => element),
    );
    function draw() {
      const now = elbo(x, q, slope, spread),
        of = (points, { mean, width }) =>
          points.map((each) => [each, maths_normal(each, mean, width)]);
      const Q = tone("latent", "q(z\\mid x)"),
        X = tone("data", "x");
      formula.show(
        `\\log p(${X}) \\;\\ge\\; ${tone("generated", `\\mathbb E_{q}[\\log p(x\\mid z)]`)} - ${tone("latent", `D_{\\mathrm{KL}}(q(z\\mid x)\\,\\|\\,p(z))`)}`,
        `= ${tone("generated", tex(now.reconstruction))} - ${tone("latent", tex(now.kl))} = ${tone("loss", tex(now.elbo))}`,
      );
      whole.show(
        `\\log p(${X}) = ${tone("loss", "\\text{ELBO}")} + D_{\\mathrm{KL}}(${Q}\\,\\|\\,p(z\\mid x))`,
        `= ${tone("loss", tex(now.elbo))} + ${tex(now.gap)} = ${tex(now.evidence)}`,
      );
      area(of(grid, q));
      lines.q(of(grid, q));
      lines.prior(of(grid, { mean: 0, width: 1 }));
      lines.posterior(of(grid, now.posterior));
      lines.marginal(of(far_grid, { mean: 0, width: Math.hypot(slope, spread) }));
      lines.decoded(of(far_grid, { mean: slope * q.mean, width: spread }));
      const height = (z) => Math.min(1.3, maths_normal(z, q.mean, q.width));
      middle.show([q.mean, height(q.mean)], `μ = ${number(q.mean, 2)}`);
      side.show([q.mean + q.width, height(q.mean + q.width)], `σ = ${number(q.width, 2)}`);
      shown.show([x, 0], `x = ${number(x, 2)}`);
      beam.show([x, 0]);
      bars.show([[now.reconstruction, -now.kl, now.elbo, now.evidence]]);
      figures.show({
        reconstruction: number(now.reconstruction),
        kl: number(now.kl),
        elbo: number(now.elbo),
        evidence: number(now.evidence),
        gap: number(now.gap),
      });
      said.textContent = told(now.gap < 0.0005 ? "elbo_tight" : "elbo_said", {
        elbo: number(now.elbo),
        evidence: number(now.evidence),
        gap: number(now.gap),
      });
    }
    return { parts: [formula.element, whole.element, columns, hands, figures.element], draw };
  })();

  const PARTS = { leap: leap_part, schedules: schedules_part, elbo: elbo_part };
  const { frame, said, show } = stepper(Object.keys(PARTS), words, {
    draw: (name) => {
      PARTS[name].draw();
      return PARTS[name].parts;
    },
  });
  maths_stage(root, frame);
  show();
}
