// The minimax game in two parts, computed here as in minimax.py.

import {
  maths_choice,
  maths_clamp,
  maths_colour,
  maths_column,
  maths_columns,
  maths_figures,
  maths_foot,
  maths_grid,
  maths_head,
  maths_legend,
  maths_log_normal,
  maths_normal,
  maths_plot,
  maths_shown,
  maths_slider,
  maths_stage,
  maths_sum,
  maths_tex,
  maths_toned,
} from "aigc/maths/views/_shared/board.js";
import { katex_formula } from "aigc/ui/katex.js";
import { stepper } from "aigc/ui/stepper.js";

export default function mount({ element, props }) {
  const { make, say, still } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged mathematics minimax";
  root.style.setProperty("--parts", 2);
  const told = (key, values) => say(words[key], values);
  const number = maths_shown,
    tex = maths_tex,
    tone = maths_toned;
  const DATA = tone("data", "p_{\\text{data}}"),
    MADE = tone("generated", "p_g"),
    D = tone("attention", "D"),
    G = tone("generated", "G");

  // --- The arithmetic ---
  const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  const sigmoid = (x) => 1 / (1 + Math.exp(-x));
  const EDGE = 24,
    GRID = maths_grid([-EDGE, EDGE], 1921),
    CELL = GRID[1] - GRID[0];
  function game(data, generated, sharpness) {
    let value = 0,
      best_value = 0,
      js = 0;
    const best = GRID.map((x) => {
      const log_p = maths_log_normal(x, data.mean, data.width),
        log_q = maths_log_normal(x, generated.mean, generated.width),
        p = Math.exp(log_p),
        q = Math.exp(log_q),
        logit = log_p - log_q;
      value -= p * softplus(-sharpness * logit) + q * softplus(sharpness * logit);
      best_value -= p * softplus(-logit) + q * softplus(logit);
      const log_m = Math.max(log_p, log_q) + Math.log1p(Math.exp(-Math.abs(logit))) - Math.LN2;
      js += 0.5 * (p * (log_p - log_m) + q * (log_q - log_m));
      return logit;
    });
    return { logits: best, value: value * CELL, best_value: best_value * CELL, js: js * CELL };
  }
  const dirac_value = (theta, psi) => -Math.LN2 - softplus(psi * theta);
  function update([theta, psi], { rule, rate, penalty }) {
    const risen =
        psi + rate * (-theta * sigmoid(psi * theta) - (rule === "R1" ? penalty * psi : 0)),
      seen = rule === "simultaneous" ? psi : risen;
    return [theta + rate * seen * sigmoid(seen * theta), risen];
  }
  function radius({ rule, rate, penalty }) {
    const kept = rule === "R1" ? 1 - rate * penalty : 1,
      half = rate / 2,
      trace = 1 + kept - (rule === "simultaneous" ? 0 : half ** 2),
      determinant = kept + (rule === "simultaneous" ? half ** 2 : 0);
    const inside = trace ** 2 / 4 - determinant;
    return inside < 0 ? Math.sqrt(determinant) : Math.abs(trace) / 2 + Math.sqrt(inside);
  }

  // --- 1. The best discriminator ---
  const best_part = (() => {
    const span = [-6, 6],
      seen = GRID.map((x, i) => [x, i]).filter(([x]) => x >= span[0] && x <= span[1]);
    let data = { mean: -0.8, width: 1 },
      made = { mean: 1.4, width: 0.7 },
      sharpness = 0.5;
    const formula = katex_formula(props.katex),
      worth = katex_formula(props.katex);
    const ticks = { x: [-6, -4, -2, 0, 2, 4, 6] };
    const plot = maths_plot({ x: span, y: [0, 0.8], label: told("densities"), ticks });
    const verdict = maths_plot({
      x: span,
      y: [-0.03, 1.03],
      label: told("verdict"),
      ticks: { ...ticks, y: [0, 0.5, 1] },
      digits: { y: 1 },
    });
    const areas = [plot.area("data"), plot.area("generated")],
      lines = [plot.line("data"), plot.line("generated dashed")],
      half = verdict.line("soft dotted thin"),
      best = verdict.line("attention"),
      now = verdict.line("loss dashed");
    const pair = (look, get, set) => [
      plot.handle({
        look,
        label: told(`${look}_mean`),
        range: { x: [-4, 4] },
        step: 0.05,
        move: ([to]) => {
          set({ ...get(), mean: to });
          draw();
        },
      }),
      plot.handle({
        look: `${look} small`,
        label: told(`${look}_width`),
        range: { x: [-6, 6] },
        step: 0.05,
        move: ([to]) => {
          set({ ...get(), width: maths_clamp(+(to - get().mean).toFixed(2), [0.3, 2.5]) });
          draw();
        },
      }),
    ];
    const knobs = [
      pair(
        "data",
        () => data,
        (to) => (data = to),
      ),
      pair(
        "generated",
        () => made,
        (to) => (made = to),
      ),
    ];
    const sharp = maths_slider({
      label: told("sharpness"),
      min: 0,
      max: 3,
      step: 0.05,
      value: sharpness,
      name: "sharpness",
      act: (to) => {
        sharpness = to;
        draw();
      },
    });
    const equal = make("button", { type: "button" }, told("equal"));
    equal.addEventListener("click", () => {
      made = { ...data };
      draw();
    });
    const figures = maths_figures({
      value: [told("value"), "loss"],
      best_value: [told("best_value"), "attention"],
      js: [told("js")],
    });
    const columns = maths_columns(
      maths_column(
        maths_head(
          told("densities"),
          maths_legend([
            ["data", told("data")],
            ["generated dashed", told("generated")],
          ]),
        ),
        plot.element,
      ),
      maths_column(
        maths_head(
          told("verdict"),
          maths_legend([
            ["attention", "D*"],
            ["loss dashed", told("yours")],
          ]),
        ),
        verdict.element,
      ),
    );
    const foot = maths_foot(
      make("div", { class: "choice-of" }, equal),
      sharp.element,
      figures.element,
    );
    function draw() {
      const seen_now = game(data, made, sharpness),
        { value, best_value, js, logits } = seen_now;
      formula.show(
        `${D}^*(x) = \\frac{${DATA}(x)}{${DATA}(x) + ${MADE}(x)}`,
        `\\qquad V(${D}, ${G}) = \\mathbb E_{x\\sim ${DATA}}[\\log ${D}(x)] + \\mathbb E_{x\\sim ${MADE}}[\\log(1 - ${D}(x))] = ${tone("loss", tex(value))}`,
      );
      worth.show(
        `\\max_{${D}} V(${D}, ${G}) = V(${D}^*, ${G}) = 2\\,\\mathrm{JS}(${DATA}\\,\\|\\,${MADE}) - \\log 4`,
        `= 2\\cdot ${tex(js)} - 1.386 = ${tone("attention", tex(best_value))}`,
      );
      [data, made].forEach((each, k) => {
        const shape = seen.map(([x]) => [x, maths_normal(x, each.mean, each.width)]);
        areas[k](shape);
        lines[k](shape);
        const height = (x) => Math.min(0.8, maths_normal(x, each.mean, each.width));
        knobs[k][0].show([each.mean, height(each.mean)], `μ = ${number(each.mean, 2)}`);
        knobs[k][1].show(
          [each.mean + each.width, height(each.mean + each.width)],
          `σ = ${number(each.width, 2)}`,
        );
      });
      half([
        [-6, 0.5],
        [6, 0.5],
      ]);
      best(seen.map(([x, i]) => [x, sigmoid(logits[i])]));
      now(seen.map(([x, i]) => [x, sigmoid(sharpness * logits[i])]));
      figures.show({ value: number(value), best_value: number(best_value), js: number(js) });
      said.textContent = told(js < 1e-9 ? "best_equal" : "best_said", {
        value: number(value),
        best: number(best_value),
        lost: number(best_value - value),
        js: number(js),
      });
    }
    return { parts: [formula.element, worth.element, columns, foot], draw };
  })();

  // --- 2. The Dirac-GAN ---
  const dirac_part = (() => {
    const MOST = 400,
      FAR = 2.5,
      SIDE = 28;
    let rules = { rule: "alternating", rate: 0.2, penalty: 0.3 },
      start = [1.2, 0.4],
      steps = MOST,
      turn = 35,
      path = [],
      playing = 0;
    const formula = katex_formula(props.katex),
      stretch = katex_formula(props.katex);
    const map = make("canvas", { width: 120, height: 120, class: "sheet", "aria-hidden": "true" }),
      solid = make("canvas", { class: "solid", role: "img", "aria-label": told("surface") });
    const plot = maths_plot({
      x: [-FAR, FAR],
      y: [-FAR, FAR],
      label: told("plane"),
      names: { x: "θ", y: "ψ" },
      ticks: { x: [-2, -1, 0, 1, 2], y: [-2, -1, 0, 1, 2] },
      look: "square",
    });
    plot.ground.prepend(map);
    const course = plot.line("inked thin"),
      goal = plot.dot("data goal", "✕"),
      end = plot.dot("generated round");
    const knob = plot.handle({
      look: "generated",
      label: told("start"),
      along: "both",
      step: 0.05,
      move: (to) => {
        stop();
        start = to;
        draw();
      },
    });
    const away = maths_plot({
      x: [0, MOST],
      y: [0, 3],
      label: told("away"),
      names: { y: "√(θ² + ψ²)" },
      ticks: { x: [0, 100, 200, 300, 400], y: [0, 1, 2, 3] },
    });
    const far = away.line("loss"),
      beam = away.dot("inked beam");
    const change = (key) => (to) => {
      rules = { ...rules, [key]: to };
      draw();
    };
    const rule = maths_choice({
      label: told("rule"),
      options: [
        ["simultaneous", told("simultaneous")],
        ["alternating", told("alternating")],
        ["R1", told("r1")],
      ],
      value: rules.rule,
      name: "rule",
      act: change("rule"),
    });
    const rate = maths_slider({
      label: told("rate"),
      min: 0.02,
      max: 1,
      step: 0.02,
      value: rules.rate,
      name: "rate",
      act: change("rate"),
    });
    const penalty = maths_slider({
      label: told("penalty"),
      min: 0,
      max: 2,
      step: 0.05,
      value: rules.penalty,
      name: "penalty",
      act: change("penalty"),
    });
    const moment = maths_slider({
      label: told("round"),
      min: 0,
      max: MOST,
      step: 1,
      value: MOST,
      name: "round",
      text: (each) => String(each),
      act: (to) => {
        stop();
        steps = to;
        draw();
      },
    });
    const turning = maths_slider({
      label: told("turn"),
      min: -180,
      max: 180,
      step: 5,
      value: turn,
      name: "turn",
      text: (each) => `${number(each, 0)}°`,
      act: (to) => {
        turn = to;
        paint();
      },
    });
    const play = make("button", { type: "button", "data-act": "play" }, told("play"));
    play.addEventListener("click", () => {
      if (playing) return stop();
      if (steps >= MOST) steps = 0;
      go();
    });
    const figures = maths_figures({
      theta: ["θ", "generated"],
      psi: ["ψ", "attention"],
      dirac_value: ["V(θ, ψ)", "loss"],
      radius: ["|λ|"],
    });
    const columns = maths_columns(
      maths_column(
        told("plane"),
        plot.element,
        make("div", { class: "played" }, make("div", { class: "choice-of" }, play), moment.element),
      ),
      maths_column(told("surface"), solid, turning.element),
      maths_column(told("away"), away.element, figures.element),
    );

    function go() {
      play.textContent = told("pause");
      playing = requestAnimationFrame(() => {
        steps = Math.min(MOST, steps + (still() ? MOST : 2));
        moment.set(steps);
        if (steps < MOST && plot.element.isConnected) go();
        else stop();
        draw();
      });
    }
    function stop() {
      cancelAnimationFrame(playing);
      playing = 0;
      play.textContent = told("play");
    }
    let shaded = "",
      // for which colours, and which view, the two pictures of V were painted: no rule changes them
      carved = "";
    const ground = document.createElement("canvas");
    const dye = () =>
      getComputedStyle(document.body).getPropertyValue("--loss") +
      getComputedStyle(document.body).getPropertyValue("--sheet");
    function shade() {
      // V over the plane: amber where it is high
      if (shaded === (shaded = dye())) return;
      const context = map.getContext("2d"),
        [r, g, b] = maths_colour("loss"),
        pixels = new ImageData(120, 120);
      for (let i = 0; i < 120; i++)
        for (let j = 0; j < 120; j++) {
          const v = dirac_value(FAR * (j / 59.5 - 1), FAR * (1 - i / 59.5)),
            band = Math.round((v + 7) * 3) / 3;
          pixels.data.set([r, g, b, 210 * Math.exp((band - 7 + 0.7) / 2.4)], 4 * (i * 120 + j));
        }
      context.putImageData(pixels, 0, 0);
    }
    // The surface in space: quads from the back to the front.
    function carve(wide, high, scale, at) {
      if (carved === (carved = [dye(), wide, high, scale, turn].join())) return;
      [ground.width, ground.height] = [wide * scale, high * scale];
      const context = ground.getContext("2d"),
        quads = [],
        [dark, pale] = ["loss", "sheet"].map(maths_colour),
        edge = (k) => FAR * ((2 * k) / SIDE - 1);
      context.scale(scale, scale);
      for (let i = 0; i < SIDE; i++)
        for (let j = 0; j < SIDE; j++) {
          const corners = [
            [i, j],
            [i + 1, j],
            [i + 1, j + 1],
            [i, j + 1],
          ].map(([k, l]) => at(edge(k), edge(l)));
          quads.push({
            corners,
            depth: maths_sum(corners.map((each) => each[2])),
            v: dirac_value(edge(i + 0.5), edge(j + 0.5)),
          });
        }
      Object.assign(context, {
        strokeStyle: getComputedStyle(document.body).getPropertyValue("--sheet"),
        lineWidth: 0.6,
      });
      for (const { corners, v } of quads.sort((one, other) => one.depth - other.depth)) {
        const share = 0.12 + 0.75 * Math.exp((v + Math.LN2) / 2.4);
        context.beginPath();
        corners.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](x, y));
        context.closePath();
        context.fillStyle = `rgb(${dark.map((each, i) => Math.round(share * each + (1 - share) * pale[i])).join(" ")})`;
        context.fill();
        context.stroke();
      }
    }
    function paint() {
      // the surface, and the course of the game on it
      const wide = solid.clientWidth || 400,
        high = solid.clientHeight || 340,
        scale = devicePixelRatio || 1,
        context = solid.getContext("2d"),
        style = getComputedStyle(document.body);
      const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)],
        size = Math.min(wide / 7.4, high / 6.2);
      const at = (theta, psi, v = dirac_value(theta, psi)) => {
        const x = theta * c - psi * s,
          y = theta * s + psi * c;
        return [wide / 2 + x * size, high * 0.36 + y * size * 0.5 - (v + 1.39) * size * 0.42, y];
      };
      carve(wide, high, scale, at);
      [solid.width, solid.height] = [ground.width, ground.height];
      context.drawImage(ground, 0, 0);
      context.scale(scale, scale);
      const inside = path
        .slice(0, steps + 1)
        .filter((place) => place.every((each) => Math.abs(each) <= FAR));
      context.beginPath();
      inside.forEach((place, i) => context[i ? "lineTo" : "moveTo"](...at(...place)));
      Object.assign(context, {
        strokeStyle: style.getPropertyValue("--ink"),
        lineWidth: 2.2,
        lineJoin: "round",
      });
      context.stroke();
      for (const [place, name] of [
        [[0, 0], "--data"],
        [inside.at(-1), "--generated"],
      ]) {
        if (!place) continue;
        const [x, y] = at(...place);
        context.beginPath();
        context.arc(x, y, 7, 0, 7);
        Object.assign(context, {
          fillStyle: style.getPropertyValue(name),
          strokeStyle: style.getPropertyValue("--sheet"),
          lineWidth: 2,
        });
        context.fill();
        context.stroke();
      }
      Object.assign(context, {
        font: 'italic 24px KaTeX_Main, "Times New Roman", serif',
        fillStyle: style.getPropertyValue("--soft"),
      });
      for (const [name, place] of [
        ["θ", [FAR + 0.35, 0]],
        ["ψ", [0, FAR + 0.35]],
      ])
        context.fillText(name, ...at(...place, -1.39).slice(0, 2));
    }
    function draw() {
      path = [start];
      for (let i = 0; i < MOST; i++) path.push(update(path.at(-1), rules));
      const [theta, psi] = path[steps],
        h = tex(rules.rate, 2),
        lambda = radius(rules),
        distance = path.map(([a, b]) => Math.hypot(a, b));
      formula.show(
        `V(${tone("generated", "\\theta")}, ${tone("attention", "\\psi")}) = \\log\\sigma(${tone("attention", "\\psi")}\\cdot ${tone("data", "0")}) + \\log\\bigl(1 - \\sigma(${tone("attention", "\\psi")}\\,${tone("generated", "\\theta")})\\bigr)`,
        `= -\\log 2 - \\log\\bigl(1 + e^{${tone("attention", tex(psi, 2))}\\,\\cdot\\,${tone("generated", tex(theta, 2, true))}}\\bigr) = ${tone("loss", tex(dirac_value(theta, psi)))}`,
      );
      const gamma = tex(rules.penalty, 2);
      stretch.show(
        {
          simultaneous: `|\\lambda| = \\sqrt{1 + h^2/4} = \\sqrt{1 + ${h}^2/4} = ${tex(lambda, 4)} > 1`,
          alternating: `|\\lambda| = \\sqrt{\\det} = ${tex(lambda, 4)}`,
          R1: `\\psi \\leftarrow \\psi + h\\,\\bigl(\\nabla_\\psi V - \\gamma\\,\\psi\\bigr):\\quad \\det = 1 - h\\gamma = 1 - ${h}\\cdot ${gamma} = ${tex(1 - rules.rate * rules.penalty, 4)},\\quad |\\lambda| = ${tex(lambda, 4)}`,
        }[rules.rule],
      );
      shade();
      course(path.slice(0, steps + 1));
      goal.show([0, 0]);
      end.show(path[steps].map((each) => (Math.abs(each) <= FAR ? each : NaN)));
      knob.show(
        start,
        told("start_text", { theta: number(start[0], 2), psi: number(start[1], 2) }),
      );
      far(distance.map((each, i) => [i, each]));
      beam.show([steps, 0]);
      penalty.element.hidden = rules.rule !== "R1";
      figures.show({
        theta: number(theta, 2),
        psi: number(psi, 2),
        dirac_value: number(dirac_value(theta, psi)),
        radius: number(lambda, 4),
      });
      if (!playing)
        said.textContent = told(`said_${rules.rule.toLowerCase()}`, {
          steps,
          from: number(distance[0], 2),
          to: number(distance[steps], 2),
        });
      if (solid.isConnected) paint();
      else queueMicrotask(paint);
    }
    window.aigc.resized(solid, () => solid.isConnected && path.length && paint());
    return {
      parts: [
        formula.element,
        make(
          "div",
          { class: "controls-of" },
          rule.element,
          rate.element,
          penalty.element,
          stretch.element,
        ),
        columns,
      ],
      draw,
    };
  })();

  const PARTS = { best: best_part, dirac: dirac_part };
  let seen_part = "best";
  const { frame, said, show } = stepper(Object.keys(PARTS), words, {
    draw: (name) => {
      seen_part = name;
      PARTS[name].draw();
      return PARTS[name].parts;
    },
  });
  maths_stage(root, frame);
  show();
  new MutationObserver(() => PARTS[seen_part].draw()).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
