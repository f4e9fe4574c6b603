// A pad to draw on: white strokes on black, as in MNIST. value: a PNG data URI, or null; what is
// put there is shown.

import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { keyboard_pen } from "aigc/ui/keyboard_pen.js";

const SIZE = 280; // pixels a side
const BRUSH = 22;

/** Its box: whoever offers examples puts them there.
 * @typedef {HTMLElement & {put?(value: string): void}} Pad
 */

/** The canvas, black, and a stroke on it. */
function drawing_canvas() {
  const canvas = window.aigc.make("canvas", { width: SIZE, height: SIZE, class: "ink" });
  const context = canvas.getContext("2d");
  const blacken = () => {
    context.fillStyle = "#000";
    context.fillRect(0, 0, SIZE, SIZE);
  };
  const line = (from, to) => {
    Object.assign(context, {
      strokeStyle: "#fff",
      lineWidth: BRUSH,
      lineCap: "round",
      lineJoin: "round",
    });
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
    context.stroke();
  };
  /** @returns {Point} */
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * SIZE,
      ((event.clientY - box.top) / box.height) * SIZE,
    ];
  };
  const show = (picture) => {
    blacken();
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, SIZE, SIZE);
  };
  return { canvas, blacken, line, at, show };
}

/** The button that opens a picture of the visitor's own; `take` gets a file that is not too large,
 * as a data URI; `refuse` what is wrong with it. */
function file_button({ words, limit }, take, refuse) {
  const { make, say } = window.aigc;
  const button = make("button", { type: "button" }, say(words.open));
  const file = make("input", {
    type: "file",
    accept: "image/*",
    hidden: "",
    "aria-label": say(words.open),
  });
  button.addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    if (chosen.size > limit) {
      const sizes = {
        length: chosen.size.toLocaleString("en"),
        limit: limit.toLocaleString("en"),
      };
      return refuse(say(words.too_long, sizes));
    }
    const reader = new FileReader();
    reader.onerror = () => refuse(say(words.lost));
    reader.onload = () => take(reader.result);
    reader.readAsDataURL(chosen);
  });
  return [button, file];
}

/** @param {Given<string>} given props.limit: bytes of a picture's file */
export default function mount({ element, trigger, props, server, watch }) {
  const { make, say } = window.aigc;
  /** @type {Pad} */
  const root = element.querySelector(".drawing");
  root.className = "drawing pad";
  const { canvas, blacken, line, at, show: show_picture } = drawing_canvas();
  const hint = make("span", { class: "hint" }, say(props.words.pad));
  const clear = make("button", { type: "button" }, say(props.words.clear));
  const problem = make("p", { class: "problem", role: "alert" });
  const report = (text) => {
    problem.textContent = text;
  };
  const [open, file] = file_button({ words: props.words, limit: props.limit }, receive, report);
  root.append(make("div", { class: "sheet" }, canvas, hint), clear, " ", open, file, problem);
  let shown = null, // the value that the canvas shows
    mine = false, // all of it was drawn here
    from = null;

  const wipe = () => {
    blacken();
    mine = true;
    hint.hidden = false;
  };
  const stroke = (to) => {
    line(from, to);
    from = to;
  };
  const give = (value) => {
    shown = props.value = value;
    report("");
    trigger("input");
  };
  const begin = (place) => {
    from = place;
    if (!mine) wipe(); // an example makes room
    hint.hidden = true;
    stroke(from);
  };
  const lift = () => {
    if (!from) return;
    from = null;
    give(canvas.toDataURL("image/png"));
  };
  follow_pointer(canvas, {
    begin: (event) => begin(at(event)),
    move: (event) => from && stroke(at(event)),
    end: lift,
  });
  keyboard_pen(canvas, hint, say(props.words.keys), { begin, stroke, lift });
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
  async function receive(picture) {
    const answer = await server.receive(picture).catch(() => null);
    if (answer?.drawing) root.put(answer.drawing);
    else report(say(answer ? answer.problem : props.words.lost));
  }
  wipe();
  watch("value", show);
  show();
}
