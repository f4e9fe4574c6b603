// A pad to draw on: white strokes on black, as in MNIST. value: a PNG data URI, or null.
const { make, say } = window.aigc;
const SIZE = 280, BRUSH = 22;
const root = element.querySelector(".drawing");
root.className = "drawing pad";
const canvas = make("canvas", { width: SIZE, height: SIZE, class: "ink", role: "img", "aria-label": say(props.words.pad), tabindex: "0" });
const hint = make("span", { class: "hint" }, say(props.words.pad));
const clear = make("button", { type: "button" }, say(props.words.clear));
root.append(make("div", { class: "sheet" }, canvas, hint), clear);
const context = canvas.getContext("2d");
let drawn = false, from = null;

const wipe = () => {
  context.fillStyle = "#000";
  context.fillRect(0, 0, SIZE, SIZE);
  drawn = false;
  hint.hidden = false;
};
const at = (event) => {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * SIZE, ((event.clientY - box.top) / box.height) * SIZE];
};
const stroke = (to) => {
  Object.assign(context, { strokeStyle: "#fff", lineWidth: BRUSH, lineCap: "round", lineJoin: "round" });
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  from = to;
};
canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  from = at(event);
  drawn = hint.hidden = true;
  stroke(from);
});
canvas.addEventListener("pointermove", (event) => { if (from) stroke(at(event)); });
const lift = () => {
  if (!from) return;
  from = null;
  props.value = canvas.toDataURL("image/png");
  trigger("change");
};
canvas.addEventListener("pointerup", lift);
canvas.addEventListener("pointercancel", lift);
clear.addEventListener("click", () => { wipe(); props.value = null; });
wipe();
