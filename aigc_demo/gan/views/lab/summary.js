// The frame in words: what is reached, and the numbers for who does not see it.

import { format_number } from "aigc/ui/format.js";

/** @import { Frame } from "aigc/gan/views/lab/view.js" */

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
 * The numbers of a frame in words, and how far its training is.
 * @param {Words} words
 * @param {Frame} frame
 */
export function spoken_numbers(words, { rounds, value, js, verdicts }) {
  const [real, fake] = verdicts;
  const numbers = Object.entries({ value, js, real, fake }).map(([name, each]) => [
    name,
    format_number(each, 2),
  ]);
  const text = window.aigc.say(words.spoken, { rounds, ...Object.fromEntries(numbers) });
  return { done: rounds, text };
}
