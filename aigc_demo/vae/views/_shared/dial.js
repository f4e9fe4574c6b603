// The dial of beta, on a scale of logarithms. act(beta) follows every movement.
export function dial(words, [low, high], act) {
  const { make, say, number } = window.aigc;
  const input = make("input", {
    type: "range",
    min: Math.log10(low),
    max: Math.log10(high),
    step: 0.02,
    "aria-label": say(words.beta),
  });
  const shown = make("output", { translate: "no" });
  const written = (beta) => number(beta, beta < 1 ? 2 : beta < 9.95 ? 1 : 0);
  const show = (beta) => {
    shown.textContent = written(beta);
    input.setAttribute("aria-valuetext", `β = ${written(beta)}`);
  };
  input.addEventListener("input", () => {
    const beta = Math.min(high, Math.max(low, +(10 ** +input.value).toPrecision(4)));
    show(beta);
    act(beta);
  });
  const ticks = make(
    "span",
    { class: "ticks", "aria-hidden": "true" },
    ...[low, 1, high].map((tick) => make("span", {}, tick)),
  );
  const element = make(
    "div",
    { class: "dial" },
    make("label", {}, make("b", {}, "β = ", shown), make("span", { class: "scale" }, input, ticks)),
    make("p", {}, say(words.beta_info)),
  );
  return {
    element,
    written,
    set: (beta) => {
      input.value = Math.log10(beta);
      show(beta);
    },
  };
}
