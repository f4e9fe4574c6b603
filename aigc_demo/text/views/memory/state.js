// All units of a recurrent network over a text: a row a unit, a column a character.

const MOVES = { ArrowUp: -1, ArrowDown: 1, PageUp: -25, PageDown: 25 };

/**
 * The picture, a line on the chosen unit; choose(unit, t) is called for the place that is clicked,
 * choose(unit) for the unit to which a key leads.
 * @param {Words} words
 * @param {(unit: number, t?: number) => void} choose
 */
export function state_picture(words, choose) {
  const { make, say } = window.aigc;
  const canvas = make("canvas", { role: "img", "aria-label": say(words.state) }),
    line = make("div", { class: "line" });
  const element = make(
    "div",
    { class: "state", tabindex: "0", role: "group", "aria-label": say(words.state) },
    canvas,
    line,
  );
  let unit = null;

  /** @param {import("aigc/text/views/memory/units.js").State} state */
  function paint({ T, N, at }) {
    Object.assign(canvas, { width: T, height: N });
    const context = canvas.getContext("2d"),
      style = getComputedStyle(element),
      [positive, negative] = ["latent", "noise"].map((name) => style.getPropertyValue(`--${name}`));
    for (let t = 0; t < T; t++)
      for (let n = 0; n < N; n++) {
        const amount = at(t, n);
        context.globalAlpha = Math.abs(amount);
        context.fillStyle = amount < 0 ? negative : positive;
        context.fillRect(t, n, 1, 1);
      }
  }
  /**
   * @param {number} chosen
   * @param {number} count of units
   */
  function mark(chosen, count) {
    unit = chosen;
    line.style.top = `${(100 * (unit + 0.5)) / count}%`;
  }
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    const column = ((event.clientX - box.left) / box.width) * canvas.width;
    choose(
      Math.floor(((event.clientY - box.top) / box.height) * canvas.height),
      Math.min(canvas.width - 1, Math.floor(column)),
    );
  });
  element.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by || unit === null) return;
    event.preventDefault();
    choose(unit + by);
  });
  return { element, paint, mark };
}
