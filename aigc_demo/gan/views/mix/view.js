// Children of two rows of seeds: parents A down the left, parents B along the top. value: see
// mix.py's mix. One of the pictures is shown large.

import { draws, enlarged } from "aigc/gan/views/_shared/large.js";
import { choosable } from "aigc/gan/views/_shared/table.js";
import { cut, resize, tile } from "aigc/ui/sprite.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing mixing";
  let value = null,
    sheet = null,
    at = 0;

  const waking = make("p", { class: "waking" }, say(words.waking));
  const table = make("div", { class: "table", role: "group", "aria-label": say(words.table) });
  const { body, large, formula, verdict } = enlarged(words, table);
  root.append(waking, body);

  // Cell 0 is the empty corner; the first row and the first column are parents.
  const side = () => value.parents + 1;
  const choose = choosable(table, side, (i) => {
    at = i;
    const row = Math.floor(i / side()),
      column = i % side(),
      a = value.first + row - 1,
      b = value.second + column - 1;
    cut(large, sheet, i);
    const z = (letter, seed) => [make("em", {}, letter), make("sub", {}, seed)];
    formula.replaceChildren(
      make("em", {}, "z"),
      " = ",
      ...(row && column
        ? ["slerp(", ...z("a", a), ", ", ...z("b", b), `, ${number(value.share, 2)})`]
        : row
          ? z("a", a)
          : z("b", b)),
    );
    verdict.textContent = say(words.verdict, { share: number(value.verdicts[i], 2) });
  });
  draws(props, watch, waking, body, (given, picture) => {
    [value, sheet] = [given, picture];
    resize(large, value.pixels);
    table.style.setProperty("--columns", side());
    const cells = value.verdicts.map((_, i) => {
      const row = Math.floor(i / side()),
        column = i % side(),
        seed = row ? value.first + row - 1 : value.second + column - 1;
      if (!i) return make("span");
      const parent = !row || !column,
        canvas = tile("", value.pixels);
      cut(canvas, sheet, i);
      const label = parent
        ? say(words.parent, { seed })
        : say(words.child, { first: value.first + row - 1, second: value.second + column - 1 });
      return make(
        "button",
        { type: "button", class: parent ? "parent" : "child", "aria-label": label, title: label },
        canvas,
        ...(parent ? [make("b", { translate: "no" }, seed)] : []),
      );
    });
    table.replaceChildren(...cells);
    choose(at || side() + 1);
  });
}
