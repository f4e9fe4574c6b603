// The laboratory. The browser asks for one frame after the other (past the queue); when it is gone,
// nothing asks, so nothing runs. value, and each answer: see lab.py's frame.

import { growing_chart } from "aigc/ui/growing.js";
import { shape_pen } from "aigc/ui/pen.js";
import { places, plane_canvas } from "aigc/ui/plane.js";
import { turns } from "aigc/ui/turns.js";

export default function mount({ element, trigger, props, server, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words,
    PACE = 66,
    BUDGET = 45,
    LIGHT = 1100; // milliseconds: from frame to frame, of work for one, of a step in slow motion
  const STEPS = ["initialise", "real", "noise", "judge", "learn_d", "learn_g", "repeat"];
  const root = element.querySelector(".drawing");
  root.className = "drawing lab";
  let value = null,
    mode = "still",
    rules = { ...props.start },
    rounds = 4,
    known = false,
    frames = 0,
    light = 0;

  // --- What stands where ---
  const waking = make("p", { class: "waking" }, say(words.waking));
  const big = plane_canvas(760, {
      class: "plane",
      tabindex: "0",
      role: "img",
      "aria-label": say(words.plane),
    }),
    best = plane_canvas(320, { role: "img", "aria-label": say(words.optimum) });
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
  const run = button("run", () => go(mode === "run" ? "still" : "run"), "main"),
    slow = button("slow", () => go(mode === "slow" ? "still" : "slow"));
  const clear = button("clear", () => {
    pen.clear();
    begin();
  });
  const single = [
    ["D", "D"],
    ["G", "G"],
    [say(words.both), "rounds"],
  ].map(([shown, act]) => {
    const made = make(
      "button",
      { type: "button", "data-act": `one_${act}`, "aria-label": `${say(words.one)} ${shown}` },
      shown,
    );
    made.addEventListener("click", () => once(act));
    return made;
  });
  const bar = make(
    "div",
    { class: "bar" },
    run,
    slow,
    make("span", { class: "one" }, say(words.one)),
    ...single,
    button("anew", () => begin()),
    clear,
  );
  const LAYERS = { data: "●", generated: "◆", surface: "▒", net: "#", pulls: "↗" },
    shown = new Set(Object.keys(LAYERS));
  const legend = make(
    "div",
    { class: "legend", role: "group", "aria-label": say(words.layers_shown) },
    ...Object.entries(LAYERS).map(([name, sign]) => {
      const made = make(
        "button",
        { type: "button", class: name, "aria-pressed": "true" },
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
  const charts = {
    value: growing_chart(say(words.value), { "V(D, G)": "ink", "V(D*, G)": "noise dashed" }),
    losses: growing_chart(say(words.losses), { D: "data", G: "generated" }),
    divergences: growing_chart(say(words.divergences), { KL: "latent", JS: "loss dashed" }),
  };
  const apart = make("p", { class: "said" }),
    summary = make("p", { class: "summary" });
  const truth = make(
    "figure",
    { class: "growing truth" },
    make("figcaption", {}, say(words.optimum)),
    apart,
    best.canvas,
  );
  const note = make("p", { class: "note", "aria-live": "polite" });
  const breaks = make(
    "div",
    { class: "breaks" },
    make("h3", {}, say(words.break)),
    ...Object.keys(props.breaks).map((name) => {
      const hurt = button(name, () => preset(name, false)),
        mend = button("mend", () => preset(name, true), "main");
      mend.setAttribute("aria-label", `${say(words.mend)}: ${say(words[name])}`);
      mend.hidden = true;
      return make("span", { "data-preset": name }, hurt, mend);
    }),
    note,
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
        make("div", { class: "field" }, big.canvas, hint),
        legend,
        bar,
        problem,
      ),
      make(
        "div",
        { class: "right" },
        make("ol", { class: "steps", "aria-label": say(words.training) }, ...steps),
        summary,
        make(
          "div",
          { class: "charts" },
          truth,
          ...Object.values(charts).map((chart) => chart.element),
        ),
      ),
    ),
    breaks,
    spoken,
  );
  body.hidden = true;
  root.append(waking, body);

  // --- One frame ---
  const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const turn_of = turns(server.play);
  const ask = (act, anew = false) =>
    turn_of(
      () => ({
        rules,
        points: pen.points(),
        act,
        anew,
        rounds: act === "rounds" && mode === "run" ? rounds : 1,
      }),
      (answer) => {
        problem.textContent = !answer
          ? say(words.lost)
          : answer.problem
            ? say(answer.problem)
            : answer.fresh && known
              ? say(words.gone)
              : "";
        if (!answer || answer.problem) return void go("still");
        if (anew || (answer.fresh && known) || answer.rounds < (value?.rounds ?? 0))
          for (const chart of Object.values(charts)) chart.clear();
        known = true;
        root.dataset.frames = ++frames;
        return answer;
      },
    );
  function take(answer) {
    if (!answer) return;
    value = answer;
    [waking.hidden, body.hidden] = [true, false];
    charts.value.note({ "V(D, G)": value.value, "V(D*, G)": value.best });
    charts.losses.note({ D: value.loss.D[1], G: value.loss.G[1] });
    charts.divergences.note({ KL: value.kl, JS: value.js });
    draw();
  }
  const short = (x, digits = 2) =>
    x === null || x === undefined ? "–" : number(x, digits).replace("-", "−");
  const pair = (both) => `(${both.map((x) => short(x)).join(", ")})`;

  function draw() {
    if (!value) return;
    if (rules.shape === "drawn" && value.rules.shape !== "drawn")
      return void (big.clear(), pen.draw()); // an empty sheet to draw on
    const batch = mode !== "run" && light >= 2 && light <= 5,
      set = batch ? value.batch : value.points;
    const [real, generated] = [places(set.real), places(set.generated)];
    const strong = (...at) => big.fade(light && mode !== "run" && !at.includes(light) ? 0.25 : 1);
    big.clear();
    strong(4, 5, 6, 7);
    if (shown.has("surface")) big.field(value.surface);
    strong(6, 7);
    if (shown.has("net")) big.net(places(value.points.net));
    strong(2, 4, 5, 7);
    if (shown.has("data")) big.marks(real, "data", 5);
    strong(3, 4, 5, 6, 7);
    if (shown.has("generated")) big.marks(generated, "generated", 5);
    strong(6);
    if (shown.has("pulls") && !batch) big.arrows(generated, places(value.points.pulls));
    big.fade(1);
    if (rules.shape === "drawn") pen.draw();
    best.clear();
    if (value.optimum) best.field(value.optimum);
    apart.textContent = say(value.optimum ? words.apart : words.no_optimum, {
      apart: short(value.apart),
    });
    write();
  }
  function write() {
    const [x, fake] = value.verdicts,
      D = value.rules.loss === "wasserstein" ? "f" : "D",
      loss = (name) => value.loss[name].map((each) => short(each, 3)).join(" → ");
    const texts = [
      `G ${number(value.weights.G, 0)} · D ${number(value.weights.D, 0)}`,
      `x = ${pair(value.first.x)}`,
      `z = ${pair(value.first.z)} → ${pair(value.first.y)}`,
      `${D}(x) ${short(x)} · ${D}(G(z)) ${short(fake)}`,
      loss("D"),
      loss("G"),
      `${number(value.rounds, 0)} ×`,
    ];
    steps.forEach((step, i) => {
      step.querySelector("output").textContent = texts[i];
      step.classList.toggle("lit", i + 1 === light || (mode === "run" && i > 0));
      if (i + 1 === light) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    });
    const covered = value.islands
        ? say(words.covered, { covered: value.covered, islands: value.islands })
        : "",
      distance =
        value.distance === null ? "" : say(words.distance, { distance: short(value.distance) });
    summary.textContent = [covered, distance].filter(Boolean).join(" ");
    root.dataset.rounds = value.rounds;
  }
  let telling = 0;
  setInterval(() => {
    // for a screen reader, not at every frame
    if (!value || telling === value.rounds || !root.isConnected) return;
    telling = value.rounds;
    spoken.textContent = say(words.spoken, {
      rounds: value.rounds,
      value: short(value.value),
      js: short(value.js),
      real: short(value.verdicts[0]),
      fake: short(value.verdicts[1]),
    });
  }, 4000);

  // --- Running ---
  function go(to) {
    const was = mode;
    mode = to;
    if (to === "run") light = 0;
    run.textContent = say(words[to === "run" ? "pause" : "run"]);
    slow.textContent = say(words[to === "slow" ? "pause" : "slow"]);
    root.dataset.mode = to;
    if (value) draw();
    if (was === "still" && to !== "still") play();
  }
  let playing = false;
  async function play() {
    if (playing) return;
    playing = true;
    while (mode !== "still" && root.isConnected) {
      if (document.hidden || !window.aigc.shown(root))
        await sleep(300); // unseen, it rests
      else await (mode === "run" ? run_on() : turn("rounds"));
    }
    playing = false;
  }
  async function run_on() {
    const began = performance.now();
    take(await ask("rounds"));
    const took = performance.now() - began;
    rounds = Math.max(1, Math.min(props.most, Math.round((rounds * BUDGET) / took), 2 * rounds));
    await sleep(Math.max(4, PACE - took));
  }
  // One step of D, of G, or both in turn: the lights go through the article's steps, with the
  // numbers of this very batch.
  async function turn(act) {
    if (act !== "G") await light_up(await ask("D"), [2, 3, 4], 5);
    if (act !== "D" && mode !== "run") await light_up(await ask("G"), [], 6);
    if (act === "rounds" && mode === "slow") await lit(7);
  }
  async function light_up(answer, before, after) {
    if (!answer) return;
    const old = value;
    for (const step of before) {
      value = { ...answer, surface: old.surface, points: old.points }; // D has not moved yet
      if (mode === "slow") await lit(step);
    }
    light = after;
    take(answer);
    if (mode === "slow") await sleep(LIGHT);
  }
  async function lit(step) {
    light = step;
    draw();
    await sleep(LIGHT);
  }
  async function once(act) {
    go("still");
    await turn(act);
  }

  // --- Rules ---
  const same = (a, b) => Object.keys(props.start).every((name) => a[name] === b[name]);
  let waiting = null;
  root.rules = rules;
  root.obey = (asked) => {
    // what the controls say
    if (same(asked, rules)) return;
    const other_shape = asked.shape !== rules.shape;
    root.rules = rules = asked;
    hint.hidden = clear.hidden = rules.shape !== "drawn";
    hint.hidden ||= pen.points().length > 0;
    if (other_shape && rules.shape === "drawn" && !pen.points().length)
      return void (go("still"), draw());
    clearTimeout(waiting);
    waiting = setTimeout(async () => mode === "still" && take(await ask("look")), 120);
  };
  async function begin() {
    light = 1;
    if (rules.shape === "drawn" && !pen.points().length) {
      hint.hidden = false;
      go("still");
      return void draw();
    }
    take(await ask("look", true));
  }
  async function preset(name, mended) {
    root.rules = rules = {
      ...props.start,
      ...(mended ? {} : props.breaks[name]),
      seed: rules.seed,
    };
    hint.hidden = clear.hidden = rules.shape !== "drawn";
    trigger("select"); // the controls follow
    for (const each of breaks.querySelectorAll("[data-preset]"))
      each.lastChild.hidden = mended || each.dataset.preset !== name;
    note.textContent = say(words[`${name}_${mended ? "mended" : "broken"}`]);
    take(await ask("look", !mended || !props.mended_alive.includes(name)));
    go("run");
  }

  // --- A shape of the visitor's own ---
  const pen = shape_pen(big, {
    wanted: () => value && rules.shape === "drawn",
    begun: () => go("still"),
    changed: () => {
      hint.hidden ||= pen.points().length > 0;
      draw();
    },
    lifted: async () => take(await ask("look")),
  });

  root.look = () => value; // for whoever wants the numbers unrounded
  function open() {
    if (!known && props.value?.points) take(props.value);
  }
  hint.hidden = clear.hidden = true;
  go("still");
  watch("value", open);
  open();
  new MutationObserver(draw).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  }); // another theme, other colours
}
