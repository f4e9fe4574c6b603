// A pad to draw on: white strokes on black, as in MNIST. value: a PNG data URI, or null; what is
// put there is shown.

import { canvas_strokes, draw_line } from "aigc/ui/canvas_strokes.js";
import { picture_upload } from "aigc/ui/picture_upload.js";

const SIZE = 280; // pixels a side
const BRUSH = 22;

/** Its box: whoever offers examples puts them there.
 * @typedef {HTMLElement & {put?(value: string): void}} Pad
 */

/** The canvas, black. */
function drawing_canvas() {
  const canvas = window.aigc.make("canvas", { width: SIZE, height: SIZE, class: "ink" });
  const context = canvas.getContext("2d");
  const blacken = () => {
    context.fillStyle = "#000";
    context.fillRect(0, 0, SIZE, SIZE);
  };
  const show = (picture) => {
    blacken();
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, SIZE, SIZE);
  };
  return { canvas, blacken, show };
}

/** @param {Given<string>} given props.limit: bytes of a picture's file */
export default function mount({ element, trigger, props, server, watch }) {
  const { make, say } = window.aigc;
  /** @type {Pad} */
  const root = element.querySelector(".drawing");
  root.className = "drawing pad";
  const { canvas, blacken, show: show_picture } = drawing_canvas();
  const hint = make("span", { class: "hint" }, say(props.words.pad));
  const clear = make("button", { type: "button" }, say(props.words.clear));
  const problem = make("p", { class: "problem", role: "alert" });
  const report = (text) => {
    problem.textContent = text;
  };
  const open = make("button", { type: "button" }, say(props.words.open));
  const file = picture_upload(props.words, props.limit, {
    send: server.receive,
    take: (drawing) => root.put(drawing),
    report,
  });
  open.addEventListener("click", () => file.click());
  root.append(make("div", { class: "sheet" }, canvas, hint), clear, " ", open, file, problem);
  let shown = null, // the value that the canvas shows
    mine = false; // all of it was drawn here

  const wipe = () => {
    blacken();
    mine = true;
    hint.hidden = false;
  };
  const give = (value) => {
    shown = props.value = value;
    report("");
    trigger("input");
  };
  canvas_strokes(canvas, hint, say(props.words.keys), {
    begun: () => mine || wipe(), // an example makes room
    stroke: (ends) => draw_line(canvas, ends, { strokeStyle: "#fff", lineWidth: BRUSH }),
    ended: () => give(canvas.toDataURL("image/png")),
  });
  clear.addEventListener("click", () => {
    wipe();
    shown = props.value = null;
    report("");
  });

  /** Show a picture that was not drawn here, whatever its size. */
  const show = () => {
    const value = props.value;
    if (value === shown || typeof value !== "string") return;
    shown = value;
    const picture = new Image();
    picture.onload = () => {
      if (shown !== value) return;
      show_picture(picture);
      [mine, hint.hidden] = [false, true];
    };
    picture.src = value;
  };
  root.put = (value) => {
    props.value = value;
    show();
    give(value);
  };
  wipe();
  watch("value", show);
  show();
}
