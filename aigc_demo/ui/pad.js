// A pad to draw on: white strokes on black, as in MNIST. value: a PNG data URI, or null; what is
// put there is shown.

import { key_pen } from "aigc/ui/key_pen.js";
import { stroke_of } from "aigc/ui/pointer.js";

export default function mount({ element, trigger, props, server, watch }) {
  const { make, say } = window.aigc;
  const SIZE = 280,
    BRUSH = 22;
  const root = element.querySelector(".drawing");
  root.className = "drawing pad";
  const canvas = make("canvas", { width: SIZE, height: SIZE, class: "ink" });
  const hint = make("span", { class: "hint" }, say(props.words.pad));
  const clear = make("button", { type: "button" }, say(props.words.clear)),
    open = make("button", { type: "button" }, say(props.words.open));
  const file = make("input", {
    type: "file",
    accept: "image/*",
    hidden: "",
    "aria-label": say(props.words.open),
  });
  const problem = make("p", { class: "problem", role: "alert" });
  root.append(make("div", { class: "sheet" }, canvas, hint), clear, " ", open, file, problem);
  const context = canvas.getContext("2d");
  let shown = null,
    mine = false,
    from = null; // shown: the value that the canvas holds; mine: all of it was drawn here

  const wipe = () => {
    context.fillStyle = "#000";
    context.fillRect(0, 0, SIZE, SIZE);
    mine = true;
    hint.hidden = false;
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * SIZE,
      ((event.clientY - box.top) / box.height) * SIZE,
    ];
  };
  const stroke = (to) => {
    Object.assign(context, {
      strokeStyle: "#fff",
      lineWidth: BRUSH,
      lineCap: "round",
      lineJoin: "round",
    });
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
    from = to;
  };
  const give = (value) => {
    shown = props.value = value;
    problem.textContent = "";
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
  stroke_of(canvas, {
    begin: (event) => begin(at(event)),
    move: (event) => from && stroke(at(event)),
    end: lift,
  });
  key_pen(canvas, hint, say(props.words.keys), { begin, stroke, lift });
  clear.addEventListener("click", () => {
    wipe();
    shown = props.value = null;
    problem.textContent = "";
  });

  // Shows a picture that was not drawn here, whatever its size.
  const show = () => {
    const value = props.value;
    if (value === shown || typeof value !== "string") return;
    shown = value;
    const picture = new Image();
    picture.onload = () => {
      if (shown !== value) return;
      wipe();
      [mine, hint.hidden, context.imageSmoothingEnabled] = [false, true, false];
      context.drawImage(picture, 0, 0, SIZE, SIZE);
    };
    picture.src = value;
  };
  root.put = (value) => {
    props.value = value;
    show();
    give(value);
  }; // for whoever offers examples

  open.addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    if (chosen.size > props.limit)
      return void (problem.textContent = say(props.words.too_long, {
        length: chosen.size.toLocaleString("en"),
        limit: props.limit.toLocaleString("en"),
      }));
    const reader = new FileReader();
    reader.onerror = () => (problem.textContent = say(props.words.lost));
    reader.onload = async () => {
      const answer = await server.receive(reader.result).catch(() => null);
      if (answer?.drawing) root.put(answer.drawing);
      else problem.textContent = answer ? say(answer.problem) : say(props.words.lost);
    };
    reader.readAsDataURL(chosen);
  });
  wipe();
  watch("value", show);
  show();
}
