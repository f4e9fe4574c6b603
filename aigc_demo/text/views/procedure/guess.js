// 3. The likeliest next characters at the chosen position, and the one that came.

import { letter, scroll } from "aigc/text/views/procedure/elements.js";
import { share_bar } from "aigc/ui/bar_list.js";
import { format_number, percent } from "aigc/ui/format.js";
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
  const [score, total] = [scores[t], totals[t]].map((each) => format_number(each, 2)),
    exponentials = `exp( ${score} ) / exp( ${total} )`;
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
    make("td", { class: "figure z" }, format_number(z, 2)),
    make("td", { class: "wide" }, share_bar(p / most, "bare")),
    make("td", { class: "figure" }, percent(p)),
    make("td", { class: "note" }, ...(right ? ["✓ ", make("span", {}, say(words.came))] : [])),
  );
}
