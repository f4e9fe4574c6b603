// The time machine: what a model wrote at each moment of its training, and the curve of its loss.
// value: see training.py's replay.

import { transport } from "aigc/ui/transport.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing player machine";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.curve));

  const waking = make("p", { class: "waking" }, say(words.waking));
  const title = make("h3"),
    asked = make("span", { class: "data" }),
    written = make("span", { class: "generated" });
  const page = make("div", { class: "page", tabindex: "0", translate: "no" }, asked, written);
  const bar = transport(root, words, show);
  const figures = make("dl", { class: "figures" });
  const plot = make("div", { class: "plot", title: say(words.curve) });
  const happened = make("p", { class: "note" });
  const stage = make(
    "div",
    { class: "machine-stage" },
    make("div", {}, title, page, bar.bar),
    make("div", {}, figures, plot, make("p", { class: "axis" }, say(words.axis))),
  );
  stage.hidden = true;
  root.append(waking, stage, happened);
  const rows = ["steps", "loss", "surprise"].map((key) => {
    const figure = make("dd", { class: key });
    figures.append(make("div", {}, make("dt", {}, say(words[key])), figure));
    return figure;
  });

  let marker = null;
  const value = () => props.value;
  // step 0 is the left end of the log axis
  const place = (step) => Math.log(step + 1) / Math.log(value().curve.steps.at(-1) + 1);
  const lossAt = (step) => {
    // the last mean that was noted until then; at the start the first one
    const { steps, losses } = value().curve;
    return losses[
      Math.max(
        0,
        steps.findLastIndex((s) => s <= step),
      )
    ];
  };
  const height = (loss) => 100 * (1 - loss / Math.max(...value().curve.losses));

  function show(index) {
    const { step, text, bits } = value().moments[index];
    title.textContent = step ? say(words.step, { step: number(step, 0) }) : say(words.untrained);
    asked.textContent = value().prompt;
    written.textContent = text;
    rows[0].textContent = number(step, 0);
    rows[1].textContent = number(lossAt(step), 2);
    rows[2].textContent = number(bits, 2);
    marker.style.left = `${100 * place(step)}%`;
    marker.firstChild.style.top = `${height(lossAt(step))}%`;
    return title.textContent;
  }
  function draw_curve() {
    const { steps, losses } = value().curve;
    const points = steps.map((step, i) => `${100 * place(step)},${height(losses[i])}`).join(" ");
    marker = make("div", { class: "marker" }, make("div", { class: "dot" }));
    plot.replaceChildren(
      make(
        "svg",
        { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        make("polyline", { points }),
      ),
    );
    const top = Math.max(...losses);
    for (let level = 1; level < top; level++)
      plot.append(make("span", { class: "level", style: `top: ${height(level)}%` }, level));
    for (let step = 1; step <= steps.at(-1); step *= 10)
      plot.append(
        make("span", { class: "tick", style: `left: ${100 * place(step)}%` }, number(step, 0)),
      );
    value().moments.forEach(({ step }, i) => {
      const stop = make("button", {
        type: "button",
        class: "stop",
        style: `left: ${100 * place(step)}%`,
        "aria-label": number(step, 0),
        tabindex: "-1",
      });
      stop.addEventListener("click", () => {
        bar.pause();
        bar.go(i);
      });
      plot.append(stop);
    });
    plot.append(marker);
  }
  function open() {
    if (!value()?.moments?.length) return;
    waking.hidden = true;
    stage.hidden = false;
    const { model, seed, temperature, moments } = value();
    draw_curve();
    bar.open(moments.length, 0.8);
    bar.go(moments.length - 1);
    happened.textContent =
      say(words.happened, {
        model: say(words[model] ?? model),
        seed,
        temperature,
        count: moments.length,
      }) +
      " " +
      say(words.stored);
  }
  watch("value", open);
  open();
}
