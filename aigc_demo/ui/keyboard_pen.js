// A pen without a pointer, on a canvas that has the focus: the arrow keys move it, with Shift
// further; the space bar puts it down and lifts it.

const STEP = 0.03; // of the canvas's side
const FAR = 4; // with Shift
const MOVES = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  " ": [0, 0],
};

/**
 * Return where a key moves the pen, in shares of the canvas's side; null for a key that does not.
 * @param {Point} at
 * @param {string} key
 * @param {boolean} [far]
 * @returns {Point | null}
 */
export function moved(at, key, far = false) {
  const by = MOVES[key];
  if (!by) return null;
  const [x, y] = at.map((share, i) =>
    Math.max(0, Math.min(1, share + by[i] * STEP * (far ? FAR : 1))),
  );
  return [x, y];
}

/**
 * Draw with the keyboard, as a pointer would; places are in the canvas's own pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} hint
 * @param {string} help stands in the hint while the canvas has the focus
 * @param {{begin(place: Point): void, stroke(place: Point): void, lift(): void}} pen
 */
export function keyboard_pen(canvas, hint, help, { begin, stroke, lift }) {
  const tip = window.aigc.make("i", { class: "tip", "aria-hidden": "true" }),
    invitation = hint.textContent;
  /** @type {Point} */
  let at = [0.5, 0.25];
  let down = false;
  for (const [name, value] of Object.entries({
    tabindex: "0",
    role: "application",
    "aria-label": `${invitation} · ${help}`,
  }))
    canvas.setAttribute(name, value);
  canvas.after(tip);

  /** @returns {Point} */
  const place = () => [at[0] * canvas.width, at[1] * canvas.width];
  function show() {
    [tip.style.left, tip.style.top] = at.map((share) => `${100 * share}%`);
    tip.classList.toggle("down", down);
  }
  function put(wanted) {
    if (down === wanted) return;
    down = wanted;
    if (down) begin(place());
    else lift();
    show();
  }
  canvas.addEventListener("keydown", (event) => {
    const to = moved(at, event.key, event.shiftKey);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === " ") {
      if (!event.repeat) put(!down);
      return;
    }
    at = to;
    if (down) stroke(place());
    show();
  });
  canvas.addEventListener("focus", () => {
    if (canvas.matches(":focus-visible")) hint.textContent = help;
  });
  canvas.addEventListener("blur", () => {
    put(false);
    hint.textContent = invitation;
  });
  // before the pointer's own stroke begins
  canvas.addEventListener("pointerdown", () => put(false), { capture: true });
  show();
}
