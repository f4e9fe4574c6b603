// 5. The gradient by what it belongs to, the loss before and after, and one weight.

import { scientific } from "aigc/text/views/_shared/figures.js";
import { scroll, table } from "aigc/text/views/procedure/elements.js";
import { share_bar } from "aigc/ui/bar_list.js";
import { formula } from "aigc/ui/stepper.js";

/**
 * @param {Words} words
 * @param {import("aigc/text/views/procedure/value.js").Step} step
 * @returns {import("aigc/text/views/procedure/value.js").Stage}
 */
export function learn(words, step) {
  const { make, say, number } = window.aigc;
  const [before, after] = step.loss.map((loss) => number(loss, 3)),
    fell = step.loss[1] < step.loss[0];
  const clipped = `ĝ = g · min( 1, 1 / |g| ) = g · ${number(step.clip, 3)}`;
  const big = make(
    "p",
    { class: "big" },
    make("span", {}, before),
    make("b", {}, fell ? "↘" : "↗"),
    make("span", {}, after),
  );
  const left = make("div", {}, make("h4", {}, say(words.gradient)), scroll(gradient(words, step)));
  const right = make("div", {}, make("h4", {}, say(words.lossnow)), big, ...weight(words, step));
  return {
    said: say(words[fell ? "learn_fell" : "learn_rose"], { before, after }),
    body: [
      formula(`${clipped}     w ← w − η ĝ     η = ${step.learning_rate}`),
      make("div", { class: "two" }, left, right),
    ],
  };
}

const part = (words, { part, layer }) => window.aigc.say(words[part], { layer });

/** The norm of each group's gradient before and after the step, and of the whole. */
function gradient(words, { groups, gradient }) {
  const { make, say } = window.aigc;
  const most = Math.max(...groups.flatMap((group) => group.norms));
  const key = make(
    "span",
    { class: "key" },
    share_bar(1, "bare loss"),
    say(words.before),
    " ",
    share_bar(1, "bare loss hollow"),
    say(words.after),
  );
  const bars = ([before, after]) => [
    share_bar(before / most, "bare loss"),
    share_bar(after / most, "bare loss hollow"),
  ];
  return table(
    ["", key, say(words.before), say(words.after)],
    [
      ...groups.map((group) => line({}, part(words, group), group.norms, bars(group.norms))),
      line({ class: "whole" }, say(words.whole), gradient, []),
    ],
  );
}

function line(attributes, name, norms, bars) {
  const { make, number } = window.aigc;
  return make(
    "tr",
    attributes,
    make("th", { scope: "row" }, name),
    make("td", { class: "wide" }, ...bars),
    ...norms.map((norm) => make("td", { class: "figure" }, number(norm, 2))),
  );
}

/** How one weight is updated. */
function weight(words, { weight_update, learning_rate, clip }) {
  const { make, say, number } = window.aigc;
  const place = {
    part: part(words, weight_update.group),
    row: weight_update.row + 1,
    column: weight_update.column + 1,
  };
  const [from, slope, to] = [weight_update.before, weight_update.gradient, weight_update.after].map(
    scientific,
  );
  return [
    make("h4", {}, say(words.weight, place)),
    formula(`w ← ${from} − ${learning_rate} · ${number(clip, 3)} · ( ${slope} )`),
    formula(`= |loss:${to}|`),
  ];
}
