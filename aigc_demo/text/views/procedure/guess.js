// 3. The likeliest next characters at the chosen position, and the one that came.

import { percent, signed } from "aigc/text/views/_shared/figures.js";
import { bar, letter, scroll } from "aigc/text/views/procedure/elements.js";
import { formula, typeset } from "aigc/ui/stepper.js";

const CONTEXT = 12; // characters that are told of what came before

/**
 * @param {Words} words
 * @param {import("aigc/text/views/procedure/value.js").Step} step
 * @param {number} t the character that was chosen
 * @returns {import("aigc/text/views/procedure/value.js").Stage}
 */
export function guess(words, { text, guesses, scores, totals, probabilities }, t) {
  const { make, say, number, visible } = window.aigc;
  const came = text[t + 1],
    likely = [...guesses[t]];
  if (!likely.some(([character]) => character === came))
    likely.push([came, scores[t], probabilities[t]]);
  const most = Math.max(...likely.map(([, , p]) => p));
  const said = say(words.guess_said, {
    context: text
      .slice(Math.max(0, t + 1 - CONTEXT), t + 1)
      .map(visible)
      .join(""),
    character: visible(came),
    share: percent(probabilities[t]),
  });
  const exponentials = `exp( ${signed(scores[t])} ) / exp( ${signed(totals[t])} )`;
  const head = make(
    "tr",
    {},
    make("td"),
    make("th", { class: "figure" }, ...typeset("z")),
    make("th", {}, ...typeset("p")),
    make("td"),
    make("td"),
  );
  const rows = likely.map((each) => line(words, each, each[0] === came, most));
  return {
    said,
    body: [
      formula(
        "|attention:p|( ",
        letter(came),
        ` ) = exp z / ∑ exp z  =  ${exponentials}  =  |attention:${number(probabilities[t], 4)}|`,
      ),
      scroll(
        make("table", { class: "guesses" }, make("thead", {}, head), make("tbody", {}, ...rows)),
      ),
    ],
  };
}

function line(words, [character, z, p], right, most) {
  const { make, say, visible } = window.aigc;
  return make(
    "tr",
    right ? { class: "came" } : {},
    make("th", { scope: "row" }, visible(character)),
    make("td", { class: "figure z" }, signed(z)),
    make("td", { class: "wide" }, bar(p / most, "attention")),
    make("td", { class: "figure" }, percent(p)),
    make("td", { class: "note" }, ...(right ? ["✓ ", make("span", {}, say(words.came))] : [])),
  );
}
