// 4. The loss of every character, and their mean.

import { letter, scroll } from "aigc/text/views/procedure/elements.js";
import { formula } from "aigc/ui/stepper.js";

const TERMS = 4; // losses that are written out

/**
 * @param {Words} words
 * @param {import("aigc/text/views/procedure/value.js").Step} step
 * @param {number} t the character that was chosen
 * @param {(t: number) => void} choose
 * @returns {import("aigc/text/views/procedure/value.js").Stage}
 */
export function measure(words, { losses, text, loss, vocabulary, probabilities }, t, choose) {
  const { make, say, number } = window.aigc;
  const count = losses.length,
    [mean] = loss,
    most = Math.max(...losses, 1);
  const columns = losses.map((each, at) => {
    const button = column(text[at + 1], each, each / most, at === t);
    button.addEventListener("click", () => choose(at));
    return button;
  });
  const line = make("i", { class: "mean" });
  const chart = scroll(
    make("div", { class: "losses", style: `--mean: ${mean / most}` }, ...columns, line),
  );
  requestAnimationFrame(() => {
    chart.scrollLeft = columns[t].offsetLeft - chart.clientWidth / 2;
  });
  const terms = losses.slice(0, TERMS).map((each) => number(each, 2));
  if (count > TERMS) terms.push("…");
  const p = number(probabilities[t], 4);
  return {
    said: say(words.measure_said, {
      count,
      loss: number(mean, 3),
      choices: number(Math.exp(mean), 1),
      vocabulary: number(vocabulary, 0),
      blind: number(Math.log(vocabulary), 2),
    }),
    body: [
      formula(
        `|loss:ℓ_{${t + 2}}| = −ln p( `,
        letter(text[t + 1]),
        ` ) = −ln ${p} = |loss:${number(losses[t], 2)}|`,
      ),
      formula(`|loss:L| = 1/${count} · ( ${terms.join(" + ")} ) = |loss:${number(mean, 3)}| nats`),
      chart,
    ],
  };
}

function column(character, loss, share, chosen) {
  const { make, number, visible } = window.aigc;
  return make(
    "button",
    {
      type: "button",
      "aria-pressed": chosen,
      tabindex: chosen ? 0 : -1,
      "aria-label": `${visible(character)}: ${number(loss, 2)} nats`,
      title: number(loss, 2),
    },
    make("span", { class: "column" }, make("i", { style: `--share: ${share}` })),
    make("span", {}, visible(character)),
  );
}
