// This page's training in the server, asked one question at a time.

import { serial_queue } from "aigc/ui/serial_queue.js";

const BUDGET = 110; // milliseconds that an answer may take
const FIRST_ROUNDS = 40; // steps of training a frame; also the fewest

/** @typedef {import("aigc/diffusion/views/plane/frame.js").Answer} Answer */

/**
 * Return for how many steps of training to ask next, so that an answer takes about the budget: at
 * most twice as many as the last time.
 * @param {number} rounds of the last frame
 * @param {number} took milliseconds
 * @param {number} most
 */
export const next_rounds = (rounds, took, most) =>
  Math.max(FIRST_ROUNDS, Math.min(most, Math.round((rounds * BUDGET) / took), 2 * rounds));

/**
 * Return what asks the server.
 * @param {(question: object) => Promise<Answer>} play the server's function
 * @param {Words} words
 * @param {() => object} state the configuration and the points that are drawn
 * @param {(problem: string, answer: Answer | null, frames: number) => void} report is told of each
 *   answer, null where there is none; problem: what a visitor reads of it, often ""
 */
export function session(play, words, state, report) {
  const { say } = window.aigc;
  const enqueue = serial_queue(play);
  let frames = 0,
    rounds = FIRST_ROUNDS;
  /** @param {Answer | null} answer */
  function problem_of(answer) {
    if (!answer) return say(words.lost);
    if (answer.problem) return say(answer.problem);
    return answer.fresh && frames ? say(words.gone) : "";
  }
  /** @param {Answer | null} answer */
  function receive(answer) {
    const problem = problem_of(answer),
      good = answer && !answer.problem ? answer : null;
    if (good) frames++;
    report(problem, good, frames);
    return good;
  }
  return {
    /** How many frames have come. */
    frames: () => frames,
    /**
     * Return the answer to a question, or null where it is refused or lost.
     * @param {"train" | "look"} act
     * @param {boolean} [anew] whether a new training begins
     * @returns {Promise<Answer | null>}
     */
    async ask(act, anew = false) {
      /** @type {Answer | null} */
      let good = null;
      await enqueue(
        () => ({ ...state(), act, anew, rounds }),
        (answer) => {
          good = receive(answer);
        },
      );
      return good;
    },
    /**
     * Fit the steps of training to the time that an answer took.
     * @param {number} took milliseconds
     * @param {number} most
     */
    adapt(took, most) {
      rounds = next_rounds(rounds, took, most);
    },
  };
}
