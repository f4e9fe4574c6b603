// A result and its neighbours; a click on one makes it the centre. value: see variations.py's vary.
// chosen() returns, once, the lineage that a click asks for.

import { cut, resize, sprite, tile } from "aigc/ui/sprite.js";

export default function mount({ element, trigger, props, watch }) {
  const { make, say } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing variations";
  let value = null,
    wanted = null;
  const portraits = new Map(); // of the centres that were seen, by all that made them

  const waking = make("p", { class: "waking" }, say(words.waking));
  const large = tile(say(words.centre)),
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
  const choices = (lineage) => (lineage ? lineage.split(" ") : []);
  const called = (lineage) =>
    say(choices(lineage).length ? words.generation : words.from_seed, {
      seed: value.seed,
      generation: choices(lineage).length,
    });
  const portrait = (lineage) => portraits.get(JSON.stringify([value.told, lineage]));

  function show(sheet) {
    resize(large, value.side);
    cut(large, sheet, 0);
    name.textContent = called(value.lineage);
    const count = Math.round(sheet.width / value.side) - 1;
    grid.replaceChildren(
      ...Array.from({ length: count }, (_, i) => {
        const canvas = tile("", value.side),
          text = say(words.neighbour, { index: i + 1 });
        cut(canvas, sheet, i + 1);
        const button = make(
          "button",
          { type: "button", "aria-label": text, title: text, "aria-pressed": "false" },
          canvas,
        );
        button.disabled = value.live;
        button.addEventListener("click", () =>
          ask([...choices(value.lineage), `${value.share}:${i + 1}`].join(" "), button),
        );
        return button;
      }),
    );
    if (value.live) return;
    portraits.set(JSON.stringify([value.told, value.lineage]), large.toDataURL());
    root.dataset.lineage = value.lineage;
    ancestors();
  }
  // All centres from the seed's to the one before this, each a way back.
  function ancestors() {
    const all = choices(value.lineage);
    line.replaceChildren(
      ...all.map((_, i) => {
        const lineage = all.slice(0, i).join(" "),
          text = say(words.seed_of, { name: called(lineage) }),
          seen = portrait(lineage);
        const inside = seen
          ? make("img", { src: seen, alt: "", class: large.className })
          : String(i);
        const button = make(
          "button",
          { type: "button", "aria-label": text, title: text, "aria-pressed": "false" },
          inside,
        );
        button.addEventListener("click", () => ask(lineage, button));
        return button;
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
