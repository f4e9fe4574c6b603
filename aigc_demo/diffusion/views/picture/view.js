// An easel: a picture to draw on, of digits or emoji, and to erase from. value: a PNG data URI of
// the model's own size, transparent where it is erased, or null. It asks for the last result
// ("select") with take(film) as the answer.

import { first_of, glyph } from "aigc/ui/glyph.js";
import { key_pen } from "aigc/ui/key_pen.js";
import { stroke_of } from "aigc/ui/pointer.js";

export default function mount({ element, trigger, props, server, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const ENLARGED = { digits: 10, emoji: 5 },
    BRUSH = { digits: 22, emoji: 26 },
    ERASER = 44; // pixels of the canvas to one of the picture; widths
  const COLOURS = [
    "#ffcc22",
    "#ff8a1e",
    "#e5342f",
    "#f06fb0",
    "#8e5bd0",
    "#3d8bfd",
    "#35a853",
    "#8a5a34",
    "#222222",
    "#ffffff",
  ];
  const FIRST = "🍎";
  const root = element.querySelector(".drawing");
  root.className = "drawing easel";
  let kind = "digits",
    tool = "draw",
    colour = COLOURS[0],
    from = null,
    shown = null;
  const kept = {}; // what stands on the easel of the kind that is not seen

  const canvas = make("canvas", { class: "paper" });
  const picture = make("canvas"),
    holes = make("canvas"); // the picture as it would be without holes; and the holes
  const hint = make("span", { class: "hint" }, say(words.hint));
  const button = (word, act, text = say(words[word])) => {
    const made = make("button", { type: "button", class: word }, text);
    made.addEventListener("click", act);
    return made;
  };
  const draw = button("draw", () => hold("draw")),
    erase = button("erase", () => hold("erase"));
  const restore = button("restore", () => {
    wipe(holes, null);
    give();
  });
  const swatches = make(
    "div",
    { class: "swatches", role: "group", "aria-label": say(words.colour) },
    ...COLOURS.map((each, i) => {
      const swatch = make("button", {
        type: "button",
        style: `background: ${each}`,
        "aria-label": `${say(words.colour)} ${i + 1}`,
        "aria-pressed": i === 0,
      });
      swatch.addEventListener("click", () => {
        colour = each;
        swatches
          .querySelectorAll("button")
          .forEach((other) => other.setAttribute("aria-pressed", other === swatch));
        hold("draw");
      });
      return swatch;
    }),
  );
  const typed = make("input", {
    type: "text",
    value: FIRST,
    maxlength: 20,
    "aria-label": say(words.emoji),
  });
  const put_emoji = () => {
    const chosen = first_of(typed.value);
    problem.textContent = chosen ? "" : say(words.no_emoji);
    if (chosen) put(glyph(chosen, side()));
  };
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") put_emoji();
  });
  const letters = make("div", { class: "letters" }, typed, button("put", put_emoji));
  const file = make("input", {
    type: "file",
    accept: "image/*",
    hidden: "",
    "aria-label": say(words.open),
  });
  const problem = make("p", { class: "problem", role: "alert" });
  root.append(
    make("div", { class: "sheet" }, canvas, hint),
    make(
      "p",
      { class: "name" },
      make("b", { translate: "no" }, "x", make("sub", {}, "0")),
      say(words.easel),
    ),
    swatches,
    letters,
    make(
      "div",
      { class: "tools" },
      draw,
      erase,
      restore,
      button("take", () => trigger("select")),
      button("open", () => file.click()),
      button("clear", () => {
        blank();
        give();
      }),
    ),
    file,
    problem,
  );

  const side = () => props.sides[kind],
    size = () => side() * ENLARGED[kind];
  const paper = () => (kind === "digits" ? "#000" : "#fff");
  function wipe(of, fill) {
    const pen = of.getContext("2d");
    pen.clearRect(0, 0, size(), size());
    if (fill) Object.assign(pen, { fillStyle: fill }).fillRect(0, 0, size(), size());
  }
  function blank() {
    for (const each of [canvas, picture, holes])
      Object.assign(each, { width: size(), height: size() });
    canvas.className = kind === "digits" ? "paper ink" : "paper";
    wipe(picture, paper());
    show();
    root.dataset.blank = "true";
    hint.hidden = false;
  }
  function show() {
    const pen = canvas.getContext("2d");
    pen.globalCompositeOperation = "copy";
    pen.drawImage(picture, 0, 0);
    pen.globalCompositeOperation = "destination-out";
    pen.drawImage(holes, 0, 0);
  }
  function hold(what) {
    tool = what;
    root.dataset.tool = what;
    draw.setAttribute("aria-pressed", what === "draw");
    erase.setAttribute("aria-pressed", what === "erase");
  }

  // The picture as the model takes it: each of its pixels is the mean of those drawn, and erased
  // where most of them are.
  function small() {
    const n = side(),
      by = ENLARGED[kind],
      all = size(),
      seen = picture.getContext("2d").getImageData(0, 0, all, all).data;
    const gone = holes.getContext("2d").getImageData(0, 0, all, all).data,
      made = new ImageData(n, n);
    for (let i = 0; i < n * n; i++) {
      const sums = [0, 0, 0, 0];
      for (let y = 0; y < by; y++)
        for (let x = 0; x < by; x++) {
          const at = 4 * ((Math.floor(i / n) * by + y) * all + (i % n) * by + x);
          for (let c = 0; c < 3; c++) sums[c] += seen[at + c];
          sums[3] += gone[at + 3];
        }
      for (let c = 0; c < 3; c++) made.data[4 * i + c] = Math.round(sums[c] / by ** 2);
      made.data[4 * i + 3] = sums[3] / by ** 2 > 127 ? 0 : 255;
    }
    const sheet = make("canvas", { width: n, height: n });
    sheet.getContext("2d").putImageData(made, 0, 0);
    return sheet.toDataURL("image/png");
  }
  function give() {
    show();
    problem.textContent = "";
    shown = props.value = root.dataset.blank === "true" ? null : small();
    trigger("input");
  }
  // Puts a picture on the easel: a canvas or an image, of which a square can be cut out.
  function put(what, x = 0, y = 0, wide = what.width) {
    blank();
    root.dataset.blank = "false";
    hint.hidden = true;
    const pen = picture.getContext("2d");
    pen.imageSmoothingEnabled = wide > size();
    pen.imageSmoothingQuality = "high";
    pen.drawImage(what, x, y, wide, wide, 0, 0, size(), size());
    give();
  }
  const load = (uri, then) => {
    const loaded = new Image();
    loaded.onload = () => then(loaded);
    loaded.src = uri;
  };

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * size(),
      ((event.clientY - box.top) / box.height) * size(),
    ];
  };
  function stroke(to) {
    const line = (on, style, width, how) => {
      const pen = on.getContext("2d");
      Object.assign(pen, {
        strokeStyle: style,
        lineWidth: width,
        lineCap: "round",
        lineJoin: "round",
        globalCompositeOperation: how,
      });
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.stroke();
      pen.globalCompositeOperation = "source-over";
    };
    if (tool === "erase") line(holes, "#000", ERASER, "source-over");
    else {
      line(picture, kind === "digits" ? "#fff" : colour, BRUSH[kind], "source-over");
      line(holes, "#000", BRUSH[kind], "destination-out"); // what is drawn is there again
      root.dataset.blank = "false";
    }
    from = to;
    show();
  }
  const begin = (place) => {
    from = place;
    hint.hidden = true;
    stroke(from);
  };
  const lift = () => {
    if (!from) return;
    from = null;
    give();
  };
  stroke_of(canvas, {
    begin: (event) => begin(at(event)),
    move: (event) => from && stroke(at(event)),
    end: lift,
  });
  key_pen(canvas, hint, say(words.keys), { begin, stroke, lift });

  file.addEventListener("change", () => {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    if (chosen.size > props.limit)
      return void (problem.textContent = say(words.too_long, {
        length: chosen.size.toLocaleString("en"),
        limit: props.limit.toLocaleString("en"),
      }));
    const reader = new FileReader();
    reader.onerror = () => (problem.textContent = say(words.lost));
    reader.onload = async () => {
      const answer = await (kind === "digits" ? server.receive : server.receive_colour)(
        reader.result,
      ).catch(() => null);
      if (answer?.drawing) load(answer.drawing, (loaded) => put(loaded));
      else problem.textContent = answer ? say(answer.problem) : say(words.lost);
    };
    reader.readAsDataURL(chosen);
  });

  // For the view: another kind of picture; and the last frame of a film, which becomes the picture.
  root.kind = (chosen) => {
    if (!ENLARGED[chosen] || chosen === kind) return;
    kept[kind] = props.value;
    kind = chosen;
    root.dataset.kind = kind;
    blank();
    if (kept[kind]) load(kept[kind], (loaded) => put(loaded));
    else if (kind === "emoji") put_emoji();
    else give();
  };
  root.take = (film) => {
    const of = Object.keys(props.sides).find((each) => props.sides[each] === film?.width);
    if (of === kind)
      load(film.sheet, (sheet) => put(sheet, (film.frames - 1) * film.width, 0, film.width));
  };
  const open = () => {
    if (typeof props.value !== "string" || props.value === shown) return;
    const value = (shown = props.value);
    load(value, (loaded) => {
      if (props.value === value) put(loaded);
    });
  };
  root.dataset.kind = kind;
  blank();
  hold("draw");
  watch("value", open);
  open();
}
