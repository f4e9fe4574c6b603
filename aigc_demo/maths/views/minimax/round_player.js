// What plays the rounds of the Dirac-GAN.

import { button, slider } from "aigc/maths/views/_shared/controls.js";
import { buttons } from "aigc/maths/views/_shared/layout.js";

/** @import { Stage } from "aigc/maths/views/_shared/stage.js" */

export const ROUNDS = 400;
const ROUNDS_A_FRAME = 2;

/**
 * A button and a slider that play the rounds. `seen`: whether the part is still on the page.
 * @param {Stage} stage
 * @param {() => boolean} seen
 * @param {() => void} changed
 */
export function round_player({ text }, seen, changed) {
  const { make, still } = window.aigc;
  let round = ROUNDS,
    request = 0;
  const toggle = () => {
    if (request) return stop();
    if (round >= ROUNDS) round = 0;
    advance();
  };
  const play = button(text("play"), toggle, { "data-act": "play" });
  const position = slider({
    label: text("round"),
    min: 0,
    max: ROUNDS,
    step: 1,
    value: ROUNDS,
    name: "round",
    text: String,
    act: (to) => {
      stop();
      round = to;
      changed();
    },
  });
  function advance() {
    play.textContent = text("pause");
    request = requestAnimationFrame(() => {
      round = Math.min(ROUNDS, round + (still() ? ROUNDS : ROUNDS_A_FRAME));
      position.set(round);
      if (round < ROUNDS && seen()) advance();
      else stop();
      changed();
    });
  }
  function stop() {
    cancelAnimationFrame(request);
    request = 0;
    play.textContent = text("play");
  }
  return {
    element: make("div", { class: "played" }, buttons(play), position.element),
    round: () => round,
    playing: () => request !== 0,
    stop,
  };
}
