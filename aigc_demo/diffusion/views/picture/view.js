// A canvas for inpainting: a picture to draw on, of digits or emoji, and to erase from. It asks for
// the last result ("select") with take(film) as the answer.

import { inpaint_canvas, is_kind } from "aigc/diffusion/views/picture/canvas.js";
import { FIRST_COLOUR, toolbar } from "aigc/diffusion/views/picture/toolbar.js";
import { canvas_strokes } from "aigc/ui/canvas_strokes.js";
import { emoji_canvas, first_character } from "aigc/ui/emoji_canvas.js";
import { picture_upload } from "aigc/ui/picture_upload.js";
import { sprite } from "aigc/ui/sprite.js";

/**
 * @typedef {import("aigc/diffusion/views/picture/canvas.js").Kind} Kind
 * @typedef {import("aigc/diffusion/views/picture/canvas.js").Tool} Tool
 *
 * A PNG data URI of the model's own size, transparent where it is erased; null: nothing is drawn.
 * @typedef {string | null} Picture
 *
 * Of a player's film what is needed for its last frame.
 * @typedef {{ sheet: string, width: number, frames: number }} Film
 *
 * What the view calls.
 * @typedef {object} Canvas
 * @property {(chosen: string) => void} kind changes to another kind of pictures
 * @property {(film: Film | null) => void} take makes the last frame of a film the picture
 */

/** @param {string} text */
function caption(text) {
  const { make } = window.aigc;
  const symbol = make("b", { translate: "no" }, "x", make("sub", {}, "0"));
  return make("p", { class: "name" }, symbol, text);
}

/** @param {Given<Picture>} given props.sides: of the kinds, in pixels; props.limit: of a file */
export default function mount({ element, trigger, props, server, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement & Canvas} */ (element.querySelector(".drawing"));
  root.className = "drawing inpaint-canvas";
  /** @type {Kind} */
  let kind = "digits";
  /** @type {{ tool: Tool, colour: string }} */
  const pen = { tool: "draw", colour: FIRST_COLOUR };
  /** @type {Picture} the value that the canvas shows */
  let shown = null;
  /** @type {Partial<Record<Kind, Picture>>} of the kind that is not seen */
  const others = {};

  const sheet = inpaint_canvas(props.sides);
  const hint = make("span", { class: "hint" }, say(words.hint)),
    problem = make("p", { class: "problem", role: "alert" });
  const tools = toolbar(words, {
    choose: choose_tool,
    colour(chosen) {
      pen.colour = chosen;
      choose_tool("draw");
    },
    restore() {
      sheet.restore();
      give();
    },
    put: put_emoji,
    take: () => trigger("select"),
    open: () => file.click(),
    clear() {
      blank();
      give();
    },
  });
  const file = picture_upload(words, props.limit, {
    send: (data) => (kind === "digits" ? server.receive : server.receive_colour)(data),
    take: (picture) => sprite(picture, put),
    report: (text) => {
      problem.textContent = text;
    },
  });
  const framed = make("div", { class: "sheet" }, sheet.element, hint);
  root.append(framed, caption(say(words.picture)), ...tools.elements, file, problem);

  /** @param {Tool} chosen */
  function choose_tool(chosen) {
    pen.tool = chosen;
    root.dataset.tool = chosen;
    tools.show(chosen);
  }
  function blank() {
    sheet.begin(kind);
    root.dataset.blank = "true";
    hint.hidden = false;
  }
  function give() {
    problem.textContent = "";
    shown = root.dataset.blank === "true" ? null : sheet.read();
    props.value = shown;
    trigger("input");
  }
  /**
   * Make a picture, or a square that is cut out of one, what is drawn on.
   * @param {HTMLCanvasElement | HTMLImageElement} source
   * @param {number} [x]
   * @param {number} [wide]
   */
  function put(source, x, wide) {
    sheet.put(source, x, wide);
    root.dataset.blank = "false";
    hint.hidden = true;
    give();
  }
  function put_emoji() {
    const chosen = first_character(tools.typed());
    problem.textContent = chosen ? "" : say(words.no_emoji);
    if (chosen) put(emoji_canvas(chosen, sheet.side()));
  }

  canvas_strokes(sheet.element, hint, say(words.keys), {
    begun() {
      if (pen.tool === "draw") root.dataset.blank = "false";
    },
    stroke: (ends) => sheet.stroke(ends, pen.tool, pen.colour),
    ended: give,
  });

  root.kind = (chosen) => {
    if (!is_kind(chosen) || chosen === kind) return;
    others[kind] = props.value;
    kind = chosen;
    root.dataset.kind = kind;
    blank();
    if (others[kind]) sprite(others[kind], put);
    else if (kind === "emoji") put_emoji();
    else give();
  };
  root.take = (film) => {
    if (film?.width === props.sides[kind])
      sprite(film.sheet, (loaded) => put(loaded, (film.frames - 1) * film.width, film.width));
  };
  function open() {
    const value = props.value;
    if (typeof value !== "string" || value === shown) return;
    shown = value;
    sprite(value, (loaded) => {
      if (props.value === value) put(loaded);
    });
  }
  root.dataset.kind = kind;
  blank();
  choose_tool("draw");
  watch("value", open);
  open();
}
