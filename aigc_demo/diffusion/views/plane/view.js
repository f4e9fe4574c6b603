// Diffusion in two dimensions. The browser asks for one frame after the other while it trains; when
// it is gone, nothing asks, so nothing runs. value, and each answer: see plane.py's frame and
// truth. u: the slider, from 0 (data) to 1000 (noise); t = u - 1.

import {
  arrows_of,
  maps_of,
  mixed,
  score,
  shade,
  tails,
} from "aigc/diffusion/views/plane/layers.js";
import { growing_chart } from "aigc/ui/growing.js";
import { shape_pen } from "aigc/ui/pen.js";
import { places, plane_canvas } from "aigc/ui/plane.js";
import { turns } from "aigc/ui/turns.js";

export default function mount({ element, props, server, watch }) {
  const { make, say, number, still } = window.aigc;
  const words = props.words,
    PACE = 84,
    BUDGET = 110,
    LESSON = 10000,
    NOISE = 1000,
    TAIL = 260,
    CROSSING = 4500; // milliseconds, but for NOISE and TAIL
  const STEPS = ["sample", "noise", "show", "predict", "compare", "update"];
  const root = element.querySelector(".drawing");
  root.className = "drawing lab diffusing";
  let value = null,
    exact = null,
    rules = { ...props.start },
    mode = "still",
    known = false,
    frames = 0,
    rounds = 40,
    u = 0,
    way = "backward",
    drawing_asked = false;

  // --- What stands where ---
  const waking = make("p", { class: "waking" }, say(words.waking));
  const big = plane_canvas(760, {
      class: "plane",
      tabindex: "0",
      role: "img",
      "aria-label": say(words.plane),
    }),
    best = plane_canvas(420, { role: "img", "aria-label": say(words.truth) });
  const hint = make("p", { class: "hint over" }, say(words.draw)),
    problem = make("p", { class: "problem", role: "alert" }),
    spoken = make("p", { class: "spoken", "aria-live": "polite" });
  const button = (word, act, look = "") => {
    const made = make(
      "button",
      { type: "button", class: look, "data-act": word },
      say(words[word]),
    );
    made.addEventListener("click", act);
    return made;
  };
  const learn = button("train", () => (mode === "train" ? rest() : train()), "main");
  const clear = button("clear", () => {
    pen.clear();
    hint.hidden = false;
    rest();
  });
  const play = make("button", { type: "button", class: "round", "data-act": "play" });
  play.addEventListener("click", () => (mode === "play" ? rest() : cross()));
  const slider = make("input", {
    type: "range",
    min: 0,
    max: NOISE,
    step: 1,
    "aria-label": say(words.slider),
    title: say(words.slider),
  });
  slider.addEventListener("input", () => {
    if (mode === "play") rest();
    move(+slider.value);
  });
  const level = make("p", { class: "level", "aria-hidden": "true" });
  const ride = make(
    "div",
    { class: "ride" },
    play,
    make("span", { class: "data" }, say(words.clean)),
    slider,
    make("span", { class: "noise" }, say(words.noisy)),
  );
  const LAYERS = { data: "●", generated: "◆", tails: "∿", learned: "↗", exact: "↗", density: "▒" },
    shown = new Set(["data", "generated", "tails", "learned", "density"]);
  const legend = make(
    "div",
    { class: "legend", role: "group", "aria-label": say(words.layers_shown) },
    ...Object.entries(LAYERS).map(([name, sign]) => {
      const made = make(
        "button",
        { type: "button", class: name, "aria-pressed": shown.has(name) },
        make("b", { "aria-hidden": "true", translate: "no" }, sign),
        ` ${say(words[name])}`,
      );
      made.addEventListener("click", () => {
        shown[shown.has(name) ? "delete" : "add"](name);
        made.setAttribute("aria-pressed", shown.has(name));
        draw();
      });
      return made;
    }),
  );
  const steps = STEPS.map((name) =>
    make("li", {}, make("span", {}, say(words[name])), make("output", { translate: "no" })),
  );
  const now = make("p", { class: "now" }),
    summary = make("p", { class: "summary" });
  const least = say(words.least);
  const charts = {
    loss: growing_chart(say(words.loss), { L: "loss", [least]: "noise dashed" }),
    apart: growing_chart(say(words.apart), { Δ: "attention" }, 3),
  };
  const mark = make("div", { class: "mark", "aria-hidden": "true" });
  charts.apart.element.querySelector(".plot").append(mark);
  const truth = make(
    "figure",
    { class: "growing truth" },
    make("figcaption", {}, say(words.truth)),
    best.canvas,
  );
  const body = make(
    "div",
    { class: "body" },
    make(
      "div",
      { class: "halves" },
      make(
        "div",
        { class: "left" },
        make("div", { class: "field" }, big.canvas, level, hint),
        ride,
        make(
          "div",
          { class: "bar" },
          learn,
          button("anew", () => begin()),
          clear,
        ),
        problem,
      ),
      make(
        "div",
        { class: "right" },
        now,
        legend,
        make(
          "div",
          { class: "charts" },
          truth,
          make("div", { class: "two" }, charts.loss.element, charts.apart.element),
        ),
        make("ol", { class: "steps", "aria-label": say(words.training) }, ...steps),
      ),
    ),
    summary,
    spoken,
  );
  body.hidden = true;
  root.append(waking, body);

  // --- One frame ---
  const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const turn_of = turns(server.play);
  const ask = (act, anew = false) =>
    turn_of(
      () => ({ rules, points: pen.points(), act, anew, rounds }),
      (answer) => {
        problem.textContent = !answer
          ? say(words.lost)
          : answer.problem
            ? say(answer.problem)
            : answer.fresh && known
              ? say(words.gone)
              : "";
        if (!answer || answer.problem) return void rest();
        known = true;
        root.dataset.frames = ++frames;
        return answer;
      },
    );
  function take(answer) {
    if (!answer) return;
    value = answer;
    [waking.hidden, body.hidden] = [true, false];
    if (answer.truth) exact = understood(answer.truth);
    value.field = arrows_of(value.arrows, value.apart.length);
    value.ways = ways(value.places);
    charts.loss.show(value.curve.map((loss) => ({ L: loss, [least]: value.least })));
    charts.apart.show(value.apart.map((apart) => ({ Δ: apart })));
    draw();
  }
  function understood(known) {
    const count = known.levels.length;
    return {
      ...known,
      field: arrows_of(known.arrows, count),
      map: maps_of(known.density, count),
      data: places(known.data),
      noise: places(known.noise),
      ways: ways(known.places),
    };
  }
  const ways = (text) => {
    // for each place of time the places of all particles
    const all = places(text),
      count = value.times.length,
      long = all.length / count;
    return Array.from({ length: count }, (_, i) => all.slice(i * long, (i + 1) * long));
  };
  const short = (x, digits = 2) =>
    // no −0
    x === null || x === undefined ? "–" : number(+x.toFixed(digits) || 0, digits).replace("-", "−");
  const pair = (both) => (both ? `(${both.map((x) => short(x)).join(", ")})` : "–");

  // --- Where everything is at u ---
  const alpha_at = (u) => {
    const i = Math.min(exact.alphas.length - 2, Math.floor(u / 10));
    return mixed(exact.alphas[i], exact.alphas[i + 1], u / 10 - i);
  };
  const noised = (u) => {
    const alpha = alpha_at(u),
      sigma = Math.sqrt(1 - alpha ** 2);
    return exact.data.map((place, i) => place.map((x, k) => alpha * x + sigma * exact.noise[i][k]));
  };
  function walked(ways, u) {
    // between two steps on the straight line that joins them
    const times = value.times.map((t) => t + 1),
      after = times.findIndex((time) => time <= u);
    if (after <= 0) return after ? ways.at(-1) : ways[0];
    const share = (times[after - 1] - u) / (times[after - 1] - times[after]);
    return ways[after - 1].map((place, i) =>
      place.map((x, k) => mixed(x, ways[after][i][k], share)),
    );
  }
  function tails_of(where, from) {
    const stops = Array.from({ length: 9 }, (_, i) => where(mixed(from, u, i / 8)));
    return stops[0].map((_, i) => stops.map((stop) => stop[i]));
  }

  function draw() {
    if (!value) return;
    big.clear();
    if (rules.shape === "drawn" && value.rules.shape !== "drawn")
      return void (best.clear(), pen.draw()); // an empty sheet to draw on
    const at = Math.max(0, ((u - 1) * (value.apart.length - 1)) / (NOISE - 1)),
      map = exact.map(at),
      forward = way === "forward";
    if (shown.has("density")) shade(big, map, "data");
    if (shown.has("exact")) score(big, exact.field(at), map, "data", 2.4);
    if (shown.has("learned")) score(big, value.field(at), map, "attention", 2.4);
    big.fade(forward ? 1 : 0.28);
    if (shown.has("data")) {
      if (forward && shown.has("tails"))
        tails(big, tails_of(noised, Math.max(0, u - TAIL)), "data", 2);
      big.marks(noised(u), "data", 4.6);
    }
    big.fade(forward ? 0.16 : 1);
    if (shown.has("generated")) {
      if (!forward && shown.has("tails"))
        tails(
          big,
          tails_of((u) => walked(value.ways, u), Math.min(NOISE, u + TAIL)),
          "generated",
          2,
        );
      big.marks(walked(value.ways, u), "generated", 4.6);
    }
    big.fade(1);
    if (rules.shape === "drawn" && mode === "draw") pen.draw();
    best.clear();
    shade(best, map, "data");
    score(best, exact.field(at), map, "data", 2.2);
    best.marks(walked(exact.ways, u), "generated", 3.6);
    write(at);
  }
  function write(at) {
    const t = Math.max(0, Math.round(u) - 1),
      alpha = alpha_at(u),
      { x_0, t: noised_by, x_t, v, predicted } = value.first,
      forward = way === "forward";
    now.textContent = say(words[way], {
      t,
      alpha: short(alpha),
      sigma: short(Math.sqrt(1 - alpha ** 2)),
    });
    now.className = `now ${forward ? "data" : "generated"}`;
    level.textContent = say(words.level, { t });
    slider.setAttribute("aria-valuetext", `t = ${t}. ${now.textContent}`);
    const apart = value.apart[Math.round(at)];
    mark.style.left = `${(100 * at) / (value.apart.length - 1)}%`;
    charts.apart.tell({ Δ: short(apart, 3) }, say(words.here, { t }));
    const loss = value.done
      ? say(words.sum, {
          loss: short(value.loss),
          least: short(value.least),
          gap: short(value.gap, 3),
        })
      : "";
    const covered = value.islands
      ? say(words.covered, { covered: value.covered, islands: value.islands })
      : "";
    summary.textContent = [
      say(words.landed, {
        landed: short(100 * value.landed, 0),
        best: short(100 * exact.landed, 0),
      }),
      covered,
      loss,
    ]
      .filter(Boolean)
      .join(" ");
    const texts = [
      `x₀ = ${pair(x_0)}`,
      noised_by === undefined ? "–" : `t = ${noised_by} → ${pair(x_t)}`,
      `${number(value.weights, 0)} θ`,
      `v̂ = ${pair(predicted)}`,
      `v = ${pair(v)}`,
      value.done ? `${number(value.done, 0)} ×` : say(words.untrained),
    ];
    steps.forEach((step, i) => {
      step.querySelector("output").textContent = texts[i];
      step.classList.toggle("lit", mode === "train");
    });
    root.dataset.done = value.done;
  }
  let telling = 0;
  setInterval(() => {
    // for a screen reader, not at every frame
    if (!value || telling === value.done || !root.isConnected) return;
    telling = value.done;
    spoken.textContent = say(words.spoken, {
      done: value.done,
      loss: short(value.loss),
      landed: short(100 * value.landed, 0),
    });
  }, 4000);

  // --- The slider, and the play of it ---
  function move(to) {
    if (to !== u) way = to > u ? "forward" : "backward";
    u = to;
    slider.value = u;
    draw();
  }
  function go(to) {
    mode = to;
    root.dataset.mode = to;
    play.textContent = to === "play" ? "❚❚" : "▶";
    play.setAttribute("aria-label", say(words[to === "play" ? "still" : "play"]));
    if (to !== "train") learn.textContent = say(words.train);
    clear.hidden = rules.shape !== "drawn";
    if (value) draw();
  }
  const rest = () => go("still");
  // From where the slider stands into the noise and back; back alone when it stands there.
  function cross(forward = u < NOISE && !(way === "backward" && u > 0)) {
    go("play");
    let last = performance.now();
    const tick = (time) => {
      if (mode !== "play" || !root.isConnected) return;
      if (window.aigc.shown(root)) {
        const to = u + ((forward ? 1 : -1) * NOISE * Math.min(100, time - last)) / CROSSING;
        move(Math.max(0, Math.min(NOISE, to)));
        if (u >= NOISE) forward = false;
        else if (u <= 0 && !forward) return rest();
      }
      last = time;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  // --- Training ---
  async function train() {
    if (rules.shape === "drawn" && !pen.points().length) {
      hint.hidden = false;
      problem.textContent = "";
      return void take(await ask("look"));
    }
    if (u > 0 && way === "forward") move(0);
    go("train");
    let left = LESSON;
    if (value.rules.shape !== rules.shape) take(await ask("look"));
    while (mode === "train" && left > 0 && root.isConnected) {
      if (document.hidden || !window.aigc.shown(root)) {
        await sleep(300);
        continue;
      } // unseen, it rests
      const began = performance.now(),
        answer = await ask("train");
      const took = performance.now() - began;
      learn.textContent = say(words.left, { seconds: Math.ceil(left / 1000) });
      take(answer);
      rounds = Math.max(40, Math.min(props.most, Math.round((rounds * BUDGET) / took), 2 * rounds));
      await sleep(Math.max(4, PACE - took));
      left -= performance.now() - began;
    }
    if (mode !== "train") return;
    rest();
    if (!still()) {
      move(NOISE);
      cross(false);
    }
  }
  async function begin() {
    rest();
    if (rules.shape === "drawn" && !pen.points().length) {
      hint.hidden = false;
      return void draw();
    }
    take(await ask("look", true));
  }

  // --- Rules ---
  const same = (a, b) => Object.keys(props.start).every((name) => a[name] === b[name]);
  let waiting = null;
  root.obey = (asked) => {
    // what the controls say
    if (same(asked, rules)) return;
    const other_shape = asked.shape !== rules.shape;
    rules = asked;
    hint.hidden = rules.shape !== "drawn" || pen.points().length > 0;
    if (rules.shape === "drawn" && !pen.points().length) return void rest();
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (other_shape) rest();
      if (mode !== "train") take(await ask("look"));
      if (other_shape && value.rules.shape === rules.shape) train();
    }, 120);
  };
  const pen = shape_pen(big, {
    wanted: () => value && rules.shape === "drawn",
    begun: () => go("draw"),
    changed: () => {
      hint.hidden ||= pen.points().length > 0;
      draw();
    },
    lifted: async () => {
      rest();
      take(await ask("look"));
    },
  });

  root.look = () => value; // for whoever wants the numbers unrounded
  root.where = () => ({ u, way, data: noised(u), particles: walked(value.ways, u) });
  function open() {
    if (known || !props.value?.places) return;
    take(props.value);
    if (!still() && frames === 0) {
      move(NOISE);
      cross(false);
    }
  }
  hint.hidden = true;
  slider.value = 0;
  rest();
  watch("value", open);
  open();
  new MutationObserver(draw).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
