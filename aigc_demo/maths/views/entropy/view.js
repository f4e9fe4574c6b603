// Cross-entropy in three parts. Parts 1 and 2 are computed here, as in entropy.py; value, for part
// 3: see entropy.py's `following`.

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
  maths_plot,
  maths_shown,
  maths_softmax,
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
  const words = props.words,
    EPSILON = 1e-9;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged mathematics entropy";
  root.style.setProperty("--parts", 3);
  const told = (key, values) => say(words[key], values);
  const number = maths_shown,
    tex = maths_tex,
    tone = maths_toned;

  // --- The arithmetic ---
  function binary(y, guess) {
    const right = y ? guess : 1 - guess,
      away = guess - y;
    return {
      loss: -Math.log(right),
      slope: (y ? -1 : 1) / right,
      slope_z: away,
      squared: away ** 2,
      squared_slope: 2 * away,
      squared_slope_z: 2 * away * guess * (1 - guess),
    };
  }
  function classes(logits, truth) {
    const p = maths_softmax(logits),
      most = Math.max(...logits),
      loss = most + Math.log(maths_sum(logits.map((z) => Math.exp(z - most)))) - logits[truth];
    return {
      p,
      loss,
      gradient: p.map((each, i) => each - (i === truth)),
      bits: loss / Math.LN2,
      perplexity: Math.exp(loss),
    };
  }

  // --- 1. Two classes ---
  const binary_part = (() => {
    let y = 1,
      guess = 0.12;
    const formula = katex_formula(props.katex);
    const loss = maths_plot({
      x: [0, 1],
      y: [0, 5],
      label: told("loss_plot"),
      names: { x: "ŷ", y: "L" },
      ticks: { x: [0, 0.25, 0.5, 0.75, 1], y: [0, 1, 2, 3, 4, 5] },
      digits: { x: 2 },
    });
    const pull = maths_plot({
      x: [0, 1],
      y: [-1.05, 1.05],
      label: told("pull_plot"),
      names: { x: "ŷ", y: "∂L / ∂z" },
      ticks: { x: [0, 0.5, 1], y: [-1, 0, 1] },
      digits: { x: 1 },
    });
    const lines = {
      squared: loss.line("inked dashed thin"),
      loss: loss.line("loss"),
      tangent: loss.line("attention thin"),
      pull_squared: pull.line("inked dashed thin"),
      pull: pull.line("loss"),
    };
    const spots = [loss.dot("inked round"), pull.dot("inked round"), pull.dot("loss round")];
    const knob = loss.handle({
      look: "attention",
      label: told("guess"),
      range: { x: [0, 1] },
      move: ([to]) => {
        guess = to;
        draw();
      },
    });
    const truth = maths_choice({
      label: told("truth"),
      options: [
        [1, "y = 1"],
        [0, "y = 0"],
      ],
      value: y,
      name: "y",
      act: (to) => {
        y = to;
        draw();
      },
    });
    const figures = maths_figures({
      loss: [told("cross"), "loss"],
      slope: [told("slope_of"), "attention"],
      squared: [told("squared")],
      squared_slope: [told("squared_slope_of")],
    });
    const figures_z = maths_figures({
      slope_z: [told("pull_cross"), "loss"],
      squared_slope_z: [told("pull_squared")],
    });
    const legend = maths_legend([
      ["loss", told("cross")],
      ["inked dashed", told("squared")],
      ["attention", told("tangent")],
    ]);
    const columns = maths_columns(
      maths_column(maths_head("", truth.element, legend), loss.element, figures.element),
      maths_column(
        told("pull"),
        pull.element,
        figures_z.element,
        make("p", { class: "remark" }, told("pull_remark")),
      ),
    );
    columns.classList.add("wide-first");
    const grid = maths_grid([0, 1], 201);

    function draw() {
      const now = binary(y, guess),
        guessed = tone("attention", tex(guess, 2)),
        other = tone("attention", tex(1 - guess, 2));
      formula.show(
        `L(y, ${tone("attention", "\\hat y")}) = -\\bigl[\\,y\\log ${tone("attention", "\\hat y")} + (1-y)\\log(1-${tone("attention", "\\hat y")})\\,\\bigr]`,
        `= -\\bigl[\\,${y}\\cdot\\log ${guessed} + ${1 - y}\\cdot\\log ${other}\\,\\bigr] = ${tone("loss", tex(now.loss))}`,
      );
      lines.loss(grid.map((each) => [each, binary(y, each).loss]));
      lines.squared(grid.map((each) => [each, binary(y, each).squared]));
      lines.pull(grid.map((each) => [each, binary(y, each).slope_z]));
      lines.pull_squared(grid.map((each) => [each, binary(y, each).squared_slope_z]));
      const reach = 0.5 / Math.hypot(1, now.slope / 5);
      lines.tangent(
        Number.isFinite(now.loss)
          ? [-reach, reach].map((by) => [guess + by, now.loss + by * now.slope])
          : [],
      );
      knob.show(
        [guess, now.loss],
        told("guess_text", { guess: number(guess, 2), loss: number(now.loss) }),
      );
      spots[0].show([guess, now.squared]);
      spots[1].show([guess, now.squared_slope_z]);
      spots[2].show([guess, now.slope_z]);
      figures.show({
        loss: number(now.loss),
        slope: number(now.slope, 2),
        squared: number(now.squared),
        squared_slope: number(now.squared_slope, 2),
      });
      figures_z.show({
        slope_z: number(now.slope_z, 2),
        squared_slope_z: number(now.squared_slope_z),
      });
      said.textContent = told("binary_said", {
        guess: number(guess, 2),
        loss: number(now.loss),
        cross: number(Math.abs(now.slope_z), 2),
        squared: number(Math.abs(now.squared_slope_z), 3),
      });
    }
    return { parts: [formula.element, columns], draw };
  })();

  // --- 2. Several classes ---
  const several = (() => {
    const names = told("names").split(/[,，]/),
      marks = ["🐱", "🐶", "🐰", "🦊", "🐻"];
    let logits = [1.2, 2.4, 0.3, -0.8, -1.5],
      truth = 0;
    const formula = katex_formula(props.katex);
    const raised = (i, to) => {
      // the logits with which class i has probability `to`, as near as their range allows
      const others = Math.log(maths_sum(logits.map((z, j) => (j === i ? 0 : Math.exp(z)))));
      return logits.with(i, +maths_clamp(others + Math.log(to / (1 - to)), [-4, 4]).toFixed(2));
    };
    const common = {
      columns: marks,
      chosen: (i) => told("is_true", { name: names[i] }),
      choose: (i) => {
        truth = i;
        draw();
      },
    };
    const pulled = maths_bars({
      ...common,
      y: [-4, 4],
      label: told("logits"),
      ticks: { y: [-4, 0, 4] },
      look: "ticked",
      sets: [
        {
          look: "inked pale",
          step: 0.1,
          label: (i) => told("logit_of", { name: names[i] }),
          pull: (i, to) => {
            logits = logits.with(i, to);
            draw();
          },
        },
      ],
    });
    const shares = maths_bars({
      ...common,
      y: [0, 1],
      label: told("softmax"),
      look: "plain",
      sets: [
        {
          look: "attention",
          label: (i) => told("share_of", { name: names[i] }),
          pull: (i, to) => {
            logits = raised(i, to);
            draw();
          },
        },
      ],
    });
    const slopes = maths_bars({
      ...common,
      y: [-1, 1],
      label: told("gradient"),
      look: "plain",
      sets: [{ look: "loss" }],
    });
    const figures = maths_figures({
      loss: [told("cross"), "loss"],
      bits: [told("in_bits")],
      perplexity: [told("perplexity")],
    });
    const columns = maths_columns(
      maths_column(told("logits"), pulled.element),
      maths_column(told("softmax"), shares.element),
      maths_column(told("gradient"), slopes.element),
    );
    const foot = maths_foot(
      figures.element,
      make("p", { class: "remark" }, told("several_remark")),
    );

    function draw() {
      const now = classes(logits, truth),
        one_hot = logits.map((_, i) => +(i === truth));
      formula.show(
        `L(Y, ${tone("attention", "\\hat Y")}) = -\\sum_{i=1}^{${logits.length}} ${tone("data", "y_i")}\\log ${tone("attention", "\\hat y_i")}`,
        `= -\\log ${tone("attention", tex(now.p[truth]))} = ${tone("loss", tex(now.loss))}`,
        `\\qquad\\frac{\\partial L}{\\partial z_i} = ${tone("attention", "\\hat y_i")} - ${tone("data", "y_i")}`,
        `= ${tone("attention", tex(now.p[truth]))} - ${tone("data", "1")} = ${tone("loss", tex(now.gradient[truth]))}`,
      );
      pulled.show([logits], 1, truth);
      shares.show([now.p], 2, truth);
      slopes.show([now.gradient], 2, truth);
      figures.show({
        loss: number(now.loss),
        bits: number(now.bits),
        perplexity: number(now.perplexity, 2),
      });
      said.textContent = told("several_said", {
        name: names[truth],
        p: number(now.p[truth]),
        loss: number(now.loss),
        perplexity: number(now.perplexity, 2),
        one_hot: one_hot.join(" "),
      });
    }
    return { parts: [formula.element, columns, foot], draw };
  })();

  // --- 3. A real model ---
  const real = (() => {
    const MOST = 8;
    let came = 0,
      value = null;
    const waking = make("p", { class: "waking" }, told("waking"));
    const formula = katex_formula(props.katex),
      list = make("ol", { class: "rows-of" }),
      strip = make("div", { class: "strip", translate: "no", role: "img" });
    const typed = maths_text({
      label: told("text"),
      value: props.start,
      most: props.longest,
      act: (text) => trigger("submit", { text }),
    });
    const figures = maths_figures({
      loss: [told("cross"), "loss"],
      bits: [told("in_bits")],
      perplexity: [told("perplexity")],
    });
    const whole = maths_figures({
      mean: [told("mean"), "loss"],
      mean_bits: [told("mean_bits")],
      mean_perplexity: [told("perplexity")],
    });
    const columns = maths_columns(
      maths_column(told("expected"), list),
      maths_column(
        told("this_one"),
        figures.element,
        make("h4", {}, told("each")),
        strip,
        whole.element,
        make("p", { class: "remark" }, told("real_remark")),
      ),
    );
    const parts = [typed.element, formula.element, columns];

    function order() {
      return value.log_p.map((_, i) => i).sort((a, b) => value.log_p[b] - value.log_p[a]);
    }
    function row(i) {
      const p = Math.exp(value.log_p[i]);
      const button = make(
        "button",
        { type: "button", "aria-pressed": i === came, translate: "no" },
        make("b", {}, visible(value.alphabet[i])),
        make("span", { class: "share", style: `--p: ${p}` }),
        make("span", { class: "end" }, p < 0.0005 ? "< 0.001" : number(p)),
      );
      button.addEventListener("click", () => {
        came = i;
        draw();
        list.querySelector("[aria-pressed=true]").focus();
      });
      return make("li", {}, button);
    }
    function come() {
      if (props.value?.problem) waking.textContent = say(props.value.problem);
      if (!props.value?.log_p || props.value === value) return;
      value = props.value;
      came = order()[0];
      if (waking.isConnected) show();
      else if (columns.isConnected) draw();
    }
    function draw() {
      if (!value) return;
      const loss = -value.log_p[came],
        best = order().slice(0, MOST),
        mean = maths_sum(value.losses) / value.losses.length,
        most = Math.max(...value.losses, 1);
      if (!best.includes(came)) best[MOST - 1] = came;
      const before = visible_text(value.text.slice(-8));
      formula.show(
        `L = -\\log p\\bigl(\\,${tone("data", `\\texttt{${tex_letter(value.alphabet[came])}}`)}\\bigm|\\text{…}\\texttt{${before}}\\,\\bigr) = -\\log ${tone("attention", tex(Math.exp(value.log_p[came]), 4))} = ${tone("loss", tex(loss))}\\text{ nats}`,
        `= ${tone("loss", tex(loss / Math.LN2))}\\text{ bits}`,
        `\\qquad\\mathrm{e}^{${tone("loss", "L")}} = ${tex(Math.exp(loss), 2)}`,
      );
      list.replaceChildren(...best.map(row));
      strip.replaceChildren(
        ...Array.from(value.text).map((letter, i) =>
          make(
            "span",
            {
              style: `--share: ${value.losses[i] / most}`,
              title: `${visible(letter)}  ${number(value.losses[i], 2)}`,
            },
            make("i"),
            make("b", {}, visible(letter)),
          ),
        ),
      );
      strip.setAttribute(
        "aria-label",
        Array.from(value.text)
          .map((letter, i) => `${visible(letter)} ${number(value.losses[i], 2)}`)
          .join(", "),
      );
      figures.show({
        loss: number(loss),
        bits: number(loss / Math.LN2),
        perplexity: number(Math.exp(loss), 2),
      });
      whole.show({
        mean: number(mean),
        mean_bits: number(mean / Math.LN2),
        mean_perplexity: number(Math.exp(mean), 2),
      });
      const entropy = -maths_sum(value.log_p.map((log_p) => Math.exp(log_p) * log_p));
      said.textContent = told("real_said", {
        letter: visible(value.alphabet[came]),
        p: number(Math.exp(value.log_p[came])),
        loss: number(loss),
        bits: number(loss / Math.LN2),
        entropy: number(entropy / Math.LN2, 2),
      });
    }
    const tex_letter = (letter) =>
      ({ " ": "␣", "\n": "↵" })[letter] ??
      letter.replace(
        /[\\{}$&#^_%~]/g,
        (sign) => ({ "\\": "\\backslash ", "^": "\\^{}", "~": "\\~{}" })[sign] ?? `\\${sign}`,
      );
    const visible_text = (text) => Array.from(text).map(tex_letter).join("");
    return {
      get parts() {
        return value ? parts : [waking];
      },
      draw,
      come,
    };
  })();

  const PARTS = { binary: binary_part, several, real };
  const { frame, said, show } = stepper(Object.keys(PARTS), words, {
    draw: (name) => {
      PARTS[name].draw();
      return PARTS[name].parts;
    },
  });
  maths_stage(root, frame);
  watch("value", real.come);
  show();
  real.come();
}
