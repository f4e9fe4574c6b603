// The loss over a training, a stop for each moment of it at which the model wrote.

/** @typedef {{ steps: number[], losses: number[] }} LossCurve each loss the mean until its step */

/**
 * The plot's scales: where a step stands, 0 to 1 from the left on a logarithmic axis whose left end
 * is step 0, and a loss, in hundredths from the top.
 * @param {LossCurve} curve
 */
export function scales({ steps, losses }) {
  const last = Math.log(steps.at(-1) + 1),
    most = Math.max(...losses);
  return {
    x: (step) => Math.log(step + 1) / last,
    y: (loss) => 100 * (1 - loss / most),
    most,
  };
}

/**
 * The last mean that was noted until `step`; at the start the first one.
 * @param {LossCurve} curve
 * @param {number} step
 */
export const loss_at = ({ steps, losses }, step) =>
  losses[Math.max(0, steps.filter((noted) => noted <= step).length - 1)];

/**
 * The powers of ten from 1 to `last`.
 * @param {number} last
 */
export const decades = (last) =>
  Array.from({ length: Math.floor(Math.log10(last) + 1e-9) + 1 }, (_, power) => 10 ** power);

/**
 * The plot; go(index) is called for the moment that is clicked.
 * @param {Words} words
 * @param {(index: number) => void} go
 */
export function loss_plot(words, go) {
  const { make, say, number } = window.aigc;
  const element = make("div", { class: "plot", title: say(words.curve) });
  const dot = make("div", { class: "dot" }),
    marker = make("div", { class: "marker" }, dot);
  /** @type {ReturnType<typeof scales>} */
  let scale = null;

  /**
   * @param {LossCurve} curve
   * @param {number[]} stops the moments' steps
   */
  function draw(curve, stops) {
    scale = scales(curve);
    const { x, y, most } = scale;
    const points = curve.steps.map((step, i) => `${100 * x(step)},${y(curve.losses[i])}`);
    const look = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" };
    const levels = Array.from({ length: Math.ceil(most) - 1 }, (_, i) => i + 1);
    element.replaceChildren(
      make("svg", look, make("polyline", { points: points.join(" ") })),
      ...levels.map((level) => make("span", { class: "level", style: `top: ${y(level)}%` }, level)),
      ...decades(curve.steps.at(-1)).map((step) =>
        make("span", { class: "tick", style: `left: ${100 * x(step)}%` }, number(step, 0)),
      ),
      ...stops.map(stop),
      marker,
    );
  }
  function stop(step, index) {
    const button = make("button", {
      type: "button",
      class: "stop",
      style: `left: ${100 * scale.x(step)}%`,
      "aria-label": number(step, 0),
      tabindex: "-1",
    });
    button.addEventListener("click", () => go(index));
    return button;
  }
  /**
   * @param {number} step
   * @param {number} loss
   */
  function mark(step, loss) {
    marker.style.left = `${100 * scale.x(step)}%`;
    dot.style.top = `${scale.y(loss)}%`;
  }
  return { element, draw, mark };
}
