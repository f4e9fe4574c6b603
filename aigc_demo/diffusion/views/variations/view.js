// A result and its neighbours; a click on one makes it the centre. chosen() of the drawing returns,
// once, the lineage that a click asks for.

import { ancestors, child, choices } from "aigc/diffusion/views/variations/lineage.js";
import { draw_tile, fit_tile, sprite, tile_canvas } from "aigc/ui/sprite.js";

/**
 * A picture and its neighbours: see view.py's vary.
 * @typedef {object} Variations
 * @property {number} side of a picture, in pixels
 * @property {number} seed
 * @property {number} share of fresh noise in a neighbour
 * @property {string} lineage of the centre
 * @property {unknown[]} settings all else that made the pictures
 * @property {string} sheet the centre and its neighbours in one row, a data URI
 * @property {boolean} live whether the pictures are unfinished
 */

/** @param {Given<Variations>} given */
export default function mount({ element, trigger, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  /** @type {HTMLElement & { chosen?: () => string | null }} */
  const root = element.querySelector(".drawing");
  root.className = "drawing variations";
  /** @type {Variations} */
  let value = null;
  /** @type {string | null} */
  let wanted = null;
  /** @type {Map<string, string>} the centres that were seen, by all that made them */
  const portraits = new Map();

  const waking = make("p", { class: "waking" }, say(words.waking));
  const large = tile_canvas(say(words.centre)),
    name = make("p", { class: "name", "aria-live": "polite" });
  const grid = make("div", {
    class: "neighbours",
    role: "group",
    "aria-label": say(words.neighbours),
  });
  const line = make("div", {
    class: "lineage",
    role: "group",
    "aria-label": say(words.lineage_of),
  });
  const body = make(
    "div",
    { class: "body" },
    make(
      "figure",
      { class: "centre generated" },
      make("div", { class: "frame" }, large),
      make("figcaption", {}, name),
    ),
    make("div", {}, grid, make("p", { class: "hint" }, say(words.hint))),
    line,
  );
  body.hidden = true;
  root.append(waking, body);

  root.chosen = () => {
    const asked = wanted;
    wanted = null;
    return asked;
  };
  function ask(lineage, button) {
    wanted = lineage;
    button.setAttribute("aria-pressed", "true");
    trigger("input");
  }
  const name_of = (lineage) =>
    say(lineage ? words.generation : words.from_seed, {
      seed: value.seed,
      generation: choices(lineage).length,
    });
  const key = (lineage) => JSON.stringify([value.settings, lineage]);
  function choice(lineage, text, inside) {
    const button = make(
      "button",
      { type: "button", "aria-label": text, title: text, "aria-pressed": "false" },
      inside,
    );
    button.addEventListener("click", () => ask(lineage, button));
    return button;
  }
  /** @param {HTMLImageElement} sheet */
  function show(sheet) {
    fit_tile(large, value.side);
    draw_tile(large, sheet, 0);
    name.textContent = name_of(value.lineage);
    const count = Math.round(sheet.width / value.side) - 1;
    const neighbours = Array.from({ length: count }, (_, i) => {
      const canvas = tile_canvas("", value.side),
        text = say(words.neighbour, { index: i + 1 });
      draw_tile(canvas, sheet, i + 1);
      const button = choice(child(value.lineage, value.share, i + 1), text, canvas);
      button.disabled = value.live;
      return button;
    });
    grid.replaceChildren(...neighbours);
    if (value.live) return;
    portraits.set(key(value.lineage), large.toDataURL());
    root.dataset.lineage = value.lineage;
    show_ancestors();
  }
  // All centres from the seed's to the one before this, each a way back.
  function show_ancestors() {
    line.replaceChildren(
      ...ancestors(value.lineage).map((lineage, i) => {
        const seen = portraits.get(key(lineage)),
          text = say(words.seed_of, { name: name_of(lineage) });
        const portrait = seen && make("img", { src: seen, alt: "", class: large.className });
        return choice(lineage, text, portrait || String(i));
      }),
    );
  }
  const open = () => {
    const given = props.value;
    if (!given?.sheet) return;
    sprite(given.sheet, (sheet) => {
      if (props.value !== given) return;
      value = given;
      waking.hidden = true;
      body.hidden = false;
      show(sheet);
    });
  };
  watch("value", open);
  open();
}
