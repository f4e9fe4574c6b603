// The frame in words: what is reached, and, for who does not see it, the numbers every few seconds.

import { format_number } from "aigc/ui/format.js";

/** @import { Frame } from "aigc/gan/views/lab/view.js" */

const EVERY = 4000; // milliseconds: a screen reader could not follow each frame

/**
 * @param {Words} words
 * @param {Frame} frame
 */
export function summary_of(words, { islands, covered, distance }) {
  const { say } = window.aigc;
  const reached = islands ? say(words.covered, { covered, islands }) : "",
    far = distance === null ? "" : say(words.distance, { distance: format_number(distance, 2) });
  return [reached, far].filter(Boolean).join(" ");
}

/**
 * Write the numbers into `spoken` as long as they change.
 * @param {Words} words
 * @param {HTMLElement} spoken
 * @param {() => Frame | null} now
 */
export function announce(words, spoken, now) {
  const { say } = window.aigc;
  let last = 0;
  setInterval(() => {
    const frame = now();
    if (!frame || frame.rounds === last || !spoken.isConnected) return;
    last = frame.rounds;
    const [real, fake] = frame.verdicts;
    spoken.textContent = say(words.spoken, {
      rounds: frame.rounds,
      value: format_number(frame.value, 2),
      js: format_number(frame.js, 2),
      real: format_number(real, 2),
      fake: format_number(fake, 2),
    });
  }, EVERY);
}
