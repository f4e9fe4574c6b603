// Painted emoji in rows; the one that is chosen stands large beside them, with the training emoji
// that are nearest. value: see emoji.py's sample.

import { draws, enlarged } from "aigc/gan/views/_shared/large.js";
import { choosable } from "aigc/gan/views/_shared/table.js";
import { cut, resize, tile } from "aigc/ui/sprite.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words,
    SIDE = 64;
  const root = element.querySelector(".drawing");
  root.className = "drawing emoji-sheet";
  let value = null,
    sheet = null,
    at = 0;

  const waking = make("p", { class: "waking" }, say(words.waking));
  const table = make("div", { class: "table", role: "group", "aria-label": say(words.sheet) });
  const { body, large, formula, verdict } = enlarged(words, table);
  const nearest = make("p", { class: "nearest", translate: "no" });
  body.querySelector("figcaption").textContent = "G(z)";
  formula.replaceWith(make("p", { class: "verdict-line" }, say(words.nearest)), nearest);
  resize(large, SIDE);
  root.append(waking, body);

  const choose = choosable(
    table,
    () => value.columns,
    (i) => {
      at = i;
      cut(large, sheet, i);
      nearest.textContent = value.nearest[i].join(" ");
      verdict.textContent = say(words.verdict, {
        seed: value.seed + i,
        share: number(value.verdicts[i], 2),
      });
    },
  );
  draws(props, watch, waking, body, (given, picture) => {
    [value, sheet] = [given, picture];
    table.style.setProperty("--columns", value.columns);
    table.replaceChildren(
      ...value.verdicts.map((_, i) => {
        const canvas = tile("", SIDE),
          label = say(words.one, { seed: value.seed + i, nearest: value.nearest[i][0] });
        cut(canvas, sheet, i);
        return make(
          "button",
          { type: "button", class: "child", "aria-label": label, title: label },
          canvas,
        );
      }),
    );
    choose(at);
  });
}
