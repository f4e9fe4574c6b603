// A pen without a pointer, on a canvas that has the focus: the arrow keys move it, with Shift
// further; the space bar puts it down and lifts it. begin(place), stroke(place), lift(): as a
// pointer would; a place is in the canvas's own pixels. `help` stands in the hint meanwhile.
export function key_pen(canvas, hint, help, { begin, stroke, lift }) {
  const STEP = 0.03,
    FAR = 4,
    tip = window.aigc.make("i", { class: "tip", "aria-hidden": "true" }),
    invitation = hint.textContent;
  let at = [0.5, 0.25],
    down = false;
  for (const [name, value] of Object.entries({
    tabindex: "0",
    role: "application",
    "aria-label": `${invitation} · ${help}`,
  }))
    canvas.setAttribute(name, value);
  canvas.after(tip);
  const place = () => at.map((share) => share * canvas.width);
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
    const by = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      " ": [0, 0],
    }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === " ") return void (event.repeat || put(!down));
    at = at.map((share, i) =>
      Math.max(0, Math.min(1, share + by[i] * STEP * (event.shiftKey ? FAR : 1))),
    );
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
