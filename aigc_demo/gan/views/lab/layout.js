// Where the parts of the laboratory stand.

/**
 * @param {Record<string, any> & { charts: HTMLElement[] }} parts elements, each at its name
 */
export function layout({
  plane,
  hint,
  legend,
  bar,
  problem,
  steps,
  summary,
  optimum,
  charts,
  breaks,
  spoken,
}) {
  const { make } = window.aigc;
  const field = make("div", { class: "field" }, plane, hint),
    diagrams = make("div", { class: "charts" }, optimum, ...charts);
  return make(
    "div",
    { class: "body" },
    make(
      "div",
      { class: "halves" },
      make("div", { class: "left" }, field, legend, bar, problem),
      make("div", { class: "right" }, steps, summary, diagrams),
    ),
    breaks,
    spoken,
  );
}
