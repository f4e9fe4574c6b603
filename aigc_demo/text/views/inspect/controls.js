// The controls of a draw, over the columns that they change: temperature, and one of three cuts at
// a time.

/** @typedef {import("aigc/text/views/inspect/sampling.js").Sampling} Sampling */

const RANGES = {
  temperature: [0.1, 2, 0.05],
  top_k: [0, 100, 1],
  top_p: [0.05, 1, 0.01],
  min_p: [0, 1, 0.01],
};
const OPEN = { top_k: 0, top_p: 1, min_p: 0 }; // where a cut cuts nothing off
const CUTS = Object.keys(OPEN);

/**
 * The sliders and what chooses a cut; changed(name, value) is called when a slider moves.
 * @param {Words} words
 * @param {(name: string, value: number) => void} changed
 */
export function sampling_controls(words, changed) {
  const { make, say } = window.aigc;
  const slider = (name, range) => {
    const [min, max, step] = range;
    const label = say(words[name]);
    const input = make("input", { type: "range", min, max, step, "aria-label": label }),
      shown = make("output"),
      title = make("span", {}, label, " ", shown);
    input.addEventListener("input", () => changed(name, +input.value));
    return { input, shown, title, label: make("label", { class: "knob" }, title, input) };
  };
  const sliders = Object.fromEntries(
    Object.entries(RANGES).map(([name, range]) => [name, slider(name, range)]),
  );
  // A cut's title is the button that chooses it: only the slider stays in its label.
  const choices = CUTS.map((name) => {
    const choice = make(
      "button",
      { type: "button", class: "cut", "aria-pressed": "false" },
      sliders[name].title,
    );
    choice.addEventListener("click", () => choose(name));
    return choice;
  });
  function choose(name) {
    CUTS.forEach((cut, i) => {
      sliders[cut].label.hidden = cut !== name;
      choices[i].setAttribute("aria-pressed", String(cut === name));
    });
  }
  /**
   * Shows what holds, at a position of so many candidates.
   * @param {Sampling} sampling
   * @param {number} candidates
   */
  function show(sampling, candidates) {
    for (const [name, { input, shown }] of Object.entries(sliders)) {
      if (name === "top_k") input.max = String(Math.min(RANGES.top_k[1], candidates));
      input.value = sampling[name];
      shown.textContent = sampling[name] === OPEN[name] ? say(words.off) : sampling[name];
    }
  }
  choose("top_p");
  const cuts = make(
    "div",
    { class: "cuts", role: "group", "aria-label": say(words.cuts) },
    ...choices,
  );
  return {
    temperature: sliders.temperature.label,
    cuts: [cuts, ...CUTS.map((cut) => sliders[cut].label)],
    show,
  };
}
