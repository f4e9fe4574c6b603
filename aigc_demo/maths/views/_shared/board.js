// What the views of mathematics share: plots with handles, bars, sliders, choices and figures. A
// place on a plot is given in the plot's own units.

import { stroke_of } from "aigc/ui/pointer.js";

export const maths_clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));
export const maths_grid = ([low, high], count) =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
export const maths_sum = (values) => values.reduce((sum, value) => sum + value, 0);
export const maths_xlogy = (x, y) => (x === 0 ? 0 : x * Math.log(y)); // 0 ln 0 = 0
export const maths_log_normal = (x, mean, width) =>
  -(((x - mean) / width) ** 2) / 2 - Math.log(width * Math.sqrt(2 * Math.PI));
export const maths_normal = (x, mean, width) => Math.exp(maths_log_normal(x, mean, width));
export const maths_of_gaussians = (p, q) =>
  // D(P || Q)
  Math.log(q.width / p.width) + (p.width ** 2 + (p.mean - q.mean) ** 2) / (2 * q.width ** 2) - 0.5;
export function maths_softmax(logits) {
  const most = Math.max(...logits),
    shares = logits.map((z) => (z === -Infinity ? 0 : Math.exp(z - most))),
    sum = maths_sum(shares);
  return shares.map((share) => share / sum);
}
export function maths_shown(value, digits = 3) {
  if (typeof value !== "number" || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const text = window.aigc.number(Math.abs(value), digits);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
// The same for a formula; in a product a negative number stands in brackets.
export function maths_tex(value, digits = 3, product = false) {
  const text = maths_shown(value, digits)
    .replace("∞", "\\infty ")
    .replace("−", "-")
    .replaceAll(",", "{,}");
  return product && text.startsWith("-") ? `(${text})` : text;
}
// a formula, the same in every language
const maths_sign = (text) => (/[A-Za-z]{3}|[一-鿿]/.test(text) ? {} : { translate: "no" });
export const maths_colour = (name) =>
  getComputedStyle(document.body)
    .getPropertyValue(`--${name}`)
    .trim()
    .match(/\w\w/g)
    .map((pair) => parseInt(pair, 16)); // [r, g, b]
export const maths_toned = (tone, tex) => `\\htmlClass{tone-${tone}}{${tex}}`;

export function maths_plot({ x, y, label, names = {}, ticks = {}, digits = {}, look = "" }) {
  const { make } = window.aigc;
  const svg = make("svg", {
    viewBox: "0 0 100 100",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const ground = make("div", { class: "ground" }, svg),
    element = make("div", { class: `board ${look}`, role: "group", "aria-label": label }, ground);
  const across = (u) => (100 * (u - x[0])) / (x[1] - x[0]),
    down = (v) => 100 - (100 * (v - y[0])) / (y[1] - y[0]);
  const knobs = [];
  for (const u of ticks.x ?? [])
    ground.append(
      make(
        "span",
        {
          class: "tick below",
          style: `left: ${across(u)}%`,
          "aria-hidden": "true",
          translate: "no",
        },
        maths_shown(u, digits.x ?? 0),
      ),
    );
  for (const v of ticks.y ?? [])
    ground.append(
      make(
        "span",
        { class: "tick beside", style: `top: ${down(v)}%`, "aria-hidden": "true", translate: "no" },
        maths_shown(v, digits.y ?? 0),
      ),
    );
  if (y[0] < 0 && y[1] > 0) ground.append(make("i", { class: "zero", style: `top: ${down(0)}%` }));
  for (const axis of ["x", "y"])
    if (names[axis])
      ground.append(
        make("em", { class: `axis-${axis}`, "aria-hidden": "true", translate: "no" }, names[axis]),
      );

  function trace(points) {
    // what is not finite leaves a gap
    let pen = "M";
    return points
      .map(([u, v]) => {
        if (!Number.isFinite(u) || !Number.isFinite(v)) {
          pen = "M";
          return "";
        }
        const step = `${pen}${maths_clamp(across(u), [-50, 150]).toFixed(2)} ${maths_clamp(down(v), [-100, 200]).toFixed(2)}`;
        pen = "L";
        return step;
      })
      .join("");
  }
  function line(look) {
    const path = make("path", { class: `curve ${look}` });
    svg.append(path);
    return (points) => path.setAttribute("d", trace(points));
  }
  function area(look) {
    // between the points and zero
    const path = make("path", { class: `area ${look}` });
    svg.append(path);
    return (points) =>
      path.setAttribute(
        "d",
        points.length ? `${trace([[points[0][0], 0], ...points, [points.at(-1)[0], 0]])}Z` : "",
      );
  }
  function stand(thing, [u, v]) {
    thing.hidden = !(Number.isFinite(u) && (Number.isFinite(v) || v === Infinity));
    [thing.style.left, thing.style.top] = [
      `${across(u)}%`,
      `${maths_clamp(down(v === Infinity ? y[1] : v), [0, 100])}%`,
    ];
  }
  function dot(look, ...children) {
    const spot = make(
      "span",
      { class: `spot ${look}`, "aria-hidden": "true", translate: "no" },
      ...children,
    );
    ground.append(spot);
    return { element: spot, show: (place) => stand(spot, place) };
  }
  // A handle, moved by hand or by the arrow keys. along: "x", "y" or "both"; move(place) is told
  // where it should be; show(place, text) puts it there.
  function handle({ look = "", label, along = "x", range = { x, y }, step = 0.01, move, column }) {
    const knob = make("div", {
      class: `knob ${look} along-${along}`,
      role: "slider",
      tabindex: "0",
      "aria-label": label,
      "aria-orientation": along === "y" ? "vertical" : "horizontal",
    });
    let now = [0, 0];
    const limits = { x: range.x ?? x, y: range.y ?? y };
    const to = (place) =>
      move(
        place.map((value, k) =>
          maths_clamp(+(Math.round(value / step) * step).toFixed(6), limits["xy"[k]]),
        ),
      );
    knob.addEventListener("keydown", (event) => {
      const by = {
        ArrowLeft: [-1, 0],
        ArrowRight: [1, 0],
        ArrowUp: [0, 1],
        ArrowDown: [0, -1],
        PageUp: [0, 10],
        PageDown: [0, -10],
      }[event.key];
      const far = event.shiftKey ? 10 : 1,
        k = along === "y" ? 1 : 0,
        ends = { Home: limits["xy"[k]][0], End: limits["xy"[k]][1] };
      if (!by && !(event.key in ends)) return;
      event.preventDefault();
      event.stopPropagation();
      const goal = [...now];
      if (!by) goal[k] = ends[event.key];
      else if (along === "both") by.forEach((each, axis) => (goal[axis] += each * far * step));
      else goal[k] += (by[0] + by[1]) * far * step;
      to(goal);
    });
    ground.append(knob);
    const made = {
      element: knob,
      to,
      column: () => column ?? now[0],
      range: limits,
      show(place, text) {
        now = place;
        stand(knob, place);
        const k = along === "y" ? 1 : 0,
          [low, high] = limits["xy"[k]];
        for (const [name, value] of Object.entries({
          valuemin: low,
          valuemax: high,
          valuenow: Number.isFinite(place[k]) ? +place[k].toFixed(4) : high,
          valuetext: text,
        }))
          knob.setAttribute(`aria-${name}`, value);
      },
    };
    knobs.push(made);
    return made;
  }
  let held = null;
  const under = (event) => {
    const box = ground.getBoundingClientRect();
    return [
      x[0] + ((event.clientX - box.left) / box.width) * (x[1] - x[0]),
      y[1] - ((event.clientY - box.top) / box.height) * (y[1] - y[0]),
    ];
  };
  function grasp(event) {
    const own = knobs.find(({ element }) => element === event.target);
    // a finger beside a handle moves the page
    if (!knobs.length || (!own && event.pointerType !== "mouse")) return false;
    const place = under(event),
      near = (knob) => Math.abs(knob.column() - place[0]);
    held =
      own ??
      knobs
        .filter(({ element }) => !element.hidden)
        .reduce((best, knob) => (near(knob) < near(best) ? knob : best));
    event.preventDefault();
    held.element.focus({ preventScroll: true });
    held.to(place);
    return true;
  }
  stroke_of(ground, { begin: grasp, move: (event) => held.to(under(event)) });
  return { element, ground, line, area, dot, handle, across, down };
}

// Bars side by side. sets: [{look, label(i), pull}], of which those with pull(i, value) have
// handles. show(...rows of values, text(value)).
export function maths_bars({
  y,
  label,
  columns,
  sets,
  ticks = {},
  digits = {},
  look = "",
  chosen,
  choose,
}) {
  const { make } = window.aigc;
  const count = columns.length,
    width = 0.74 / sets.length,
    plot = maths_plot({ x: [0, count], y, label, ticks, digits, look: `bars-of ${look}` });
  const middle = (i, k) => i + 0.13 + width * (k + 0.5);
  const made = sets.map(({ look: looks, label, pull, step = 0.01 }, k) =>
    columns.map((_, i) => {
      const look = Array.isArray(looks) ? looks[i] : looks; // one for all, or one each
      const bar = make("i", {
        class: `bar ${look}`,
        style: `left: ${plot.across(middle(i, k) - width / 2)}%; width: ${(100 * width) / count}%`,
      });
      const figure = make("span", {
        class: `figure ${look}`,
        style: `left: ${plot.across(middle(i, k))}%`,
        translate: "no",
      });
      plot.ground.append(bar, figure);
      return {
        bar,
        figure,
        knob:
          pull &&
          plot.handle({
            look,
            label: label(i),
            along: "y",
            step,
            column: middle(i, k),
            move: ([, value]) => pull(i, value),
          }),
        at: middle(i, k),
      };
    }),
  );
  const feet = columns.map((name, i) => {
    const foot = choose
      ? make(
          "button",
          {
            type: "button",
            class: "foot",
            style: `left: ${plot.across(i + 0.5)}%`,
            "aria-label": chosen(i),
          },
          name,
        )
      : make(
          "span",
          { class: "foot", style: `left: ${plot.across(i + 0.5)}%`, translate: "no" },
          name,
        );
    if (choose) foot.addEventListener("click", () => choose(i));
    plot.ground.append(foot);
    return foot;
  });
  function show(rows, digits = 2, truth = -1) {
    rows.forEach((values, k) =>
      values.forEach((value, i) => {
        const { bar, figure, knob, at } = made[k][i],
          end = maths_clamp(value, y),
          [high, low] = [Math.max(end, 0), Math.min(end, 0)];
        bar.style.top = `${plot.down(high)}%`;
        bar.style.height = `${plot.down(low) - plot.down(high)}%`;
        bar.classList.toggle("beyond", !Number.isFinite(value));
        figure.textContent = maths_shown(value, digits);
        figure.style.top = `${plot.down(end)}%`;
        figure.classList.toggle("low", value < 0);
        knob?.show([at, value], maths_shown(value, digits));
      }),
    );
    feet.forEach((foot, i) => {
      foot.classList.toggle("true", i === truth);
      if (choose) foot.setAttribute("aria-pressed", i === truth);
    });
  }
  return { element: plot.element, show, feet };
}

// Big numbers with their names. names: {key: [name, tone]}; show({key: text}).
export function maths_figures(names) {
  const { make } = window.aigc,
    values = Object.fromEntries(
      Object.keys(names).map((key) => [key, make("dd", { translate: "no", "data-figure": key })]),
    );
  const element = make(
    "dl",
    { class: "numbers-of" },
    ...Object.entries(names).map(([key, [name, tone]]) =>
      make(
        "div",
        { class: tone ? `tone-${tone}` : "" },
        make("dt", maths_sign(name), name),
        values[key],
      ),
    ),
  );
  return {
    element,
    show: (now) => Object.entries(now).forEach(([key, text]) => (values[key].textContent = text)),
  };
}
export function maths_slider({
  label,
  min,
  max,
  step,
  value,
  text = (each) => maths_shown(each, 2),
  act,
  name = "",
}) {
  const { make } = window.aigc,
    input = make("input", { type: "range", min, max, step, value, "data-slider": name }),
    output = make("output", { translate: "no" });
  const tell = () => {
    output.textContent = text(+input.value);
    input.setAttribute("aria-valuetext", text(+input.value));
  };
  input.addEventListener("input", () => {
    tell();
    act(+input.value);
  });
  tell();
  return {
    element: make("label", { class: "dial" }, make("span", {}, label), input, output),
    value: () => +input.value,
    set: (each) => {
      input.value = each;
      tell();
    },
  };
}
// One of several: buttons, of which the arrow keys choose. options: [[value, text or drawing]];
// columns: how many stand side by side.
export function maths_choice({ label, options, value, act, name = "", columns = 1 }) {
  const { make } = window.aigc;
  const buttons = options.map(([each, text]) => {
    const button = make("button", { type: "button", "data-choice": `${name}:${each}` }, text);
    button.addEventListener("click", () => choose(each));
    return button;
  });
  const element = make(
    "div",
    { class: "choice-of", role: "group", "aria-label": label },
    make("span", { class: "name" }, label),
    ...buttons,
  );
  element.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key],
      at = buttons.indexOf(event.target);
    if (!by || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (at + by + buttons.length) % buttons.length;
    buttons[next].focus();
    choose(options[next][0]);
  });
  const mark = (each) => {
    value = each;
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", options[i][0] === each));
  };
  function choose(each) {
    mark(each);
    act(each);
  }
  mark(value);
  return { element, value: () => value, set: mark };
}
// A text that is read when Enter is pressed, or a moment after the last key.
export function maths_text({ label, value, most, act }) {
  const { make } = window.aigc,
    input = make("input", {
      type: "text",
      maxlength: most,
      value,
      spellcheck: "false",
      autocomplete: "off",
    });
  let waiting = 0;
  const send = () => {
    clearTimeout(waiting);
    act(input.value);
  };
  input.addEventListener("keydown", (event) => event.key === "Enter" && send());
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(send, 450);
  });
  return { element: make("label", { class: "typed" }, make("span", {}, label), input), input };
}
// What a colour and a stroke stand for. entries: [[look, text]].
export function maths_legend(entries) {
  const { make } = window.aigc;
  return make(
    "p",
    { class: "legend-of" },
    ...entries.map(([look, text]) =>
      make(
        "span",
        maths_sign(text),
        make("i", { class: `key ${look}`, "aria-hidden": "true" }),
        text,
      ),
    ),
  );
}
export const maths_columns = (...children) =>
  window.aigc.make("div", { class: "columns-of" }, ...children);
export const maths_column = (title, ...children) =>
  window.aigc.make(
    "section",
    { class: "column-of" },
    ...(title ? [typeof title === "string" ? window.aigc.make("h4", {}, title) : title] : []),
    ...children,
  );
// A column's title with its legend and choices on one line; and what stands under all columns on
// one line.
export const maths_head = (title, ...beside) =>
  window.aigc.make(
    "div",
    { class: "head-of" },
    ...(title ? [window.aigc.make("h4", {}, title)] : []),
    ...beside,
  );
export const maths_foot = (...children) =>
  window.aigc.make("div", { class: "controls-of" }, ...children);
// Puts the numbered parts on the stage. Their panel reaches down to the window's edge, and the
// boards take what is left in it.
export function maths_stage(root, frame) {
  const panel = frame.querySelector(".panel");
  window.aigc.resized(frame, () =>
    root.style.setProperty(
      "--above",
      `${Math.round(panel.getBoundingClientRect().top + scrollY)}px`,
    ),
  );
  root.append(frame);
}
