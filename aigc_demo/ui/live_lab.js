// What every live laboratory does: a model in the server, this page's own, is trained frame by
// frame. The browser asks for one frame after the other; when it is gone, nothing asks, so nothing
// runs.

import { serial_queue } from "aigc/ui/serial_queue.js";

const REST = 4; // milliseconds: the least pause between two frames
const UNSEEN = 300; // until it is looked for again whether the laboratory can be seen
const SETTLING = 120; // after the last change of a control
const SPOKEN_EVERY = 4000; // a screen reader could not follow each frame

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * An answer of the server; `fresh`: whether there was no training under this page's token.
 * @typedef {{ problem?: Both, fresh?: boolean }} Answer
 */

/**
 * @template {Answer} Frame
 * @typedef {object} Report what is told of each answer
 * @property {Frame | null} answer null where it is refused or lost
 * @property {string} problem what a visitor reads of it, often ""
 * @property {boolean} gone whether the training of before is gone
 * @property {number} frames that have come
 */

/**
 * Return this page's training in the server: ask(question) gives its answer, or null; question() is
 * called when its turn has come.
 * @template {Answer} Frame
 * @param {(question: object) => Promise<Frame>} play the server's function
 * @param {Words} words
 * @param {(report: Report<Frame>) => void} report
 */
export function training_session(play, words, report) {
  const { say } = window.aigc;
  const in_turn = serial_queue(play);
  let frames = 0;
  /** @param {Frame | null} received */
  function receive(received) {
    const answer = received && !received.problem ? received : null,
      gone = Boolean(answer?.fresh && frames),
      problem = say(received ? (received.problem ?? (gone ? words.gone : "")) : words.lost);
    if (answer) frames++;
    report({ answer, problem, gone, frames });
    return answer;
  }
  return {
    /** @type {(question: () => Record<string, unknown>) => Promise<Frame | null>} */
    ask: (question) => in_turn(question, receive),
    frames: () => frames,
  };
}

/**
 * How long a frame is, and how many steps of training it may hold.
 * @typedef {object} Pace
 * @property {number} frame milliseconds from one to the next
 * @property {number} budget milliseconds of them that an answer may take
 * @property {number} least steps
 * @property {number} most steps
 */

/**
 * How many steps to ask for next, when `count` of them took so long: as many as the budget allows,
 * at most twice as many as before.
 * @param {number} count
 * @param {number} took milliseconds
 * @param {Pick<Pace, "budget" | "least" | "most">} pace
 */
export const next_count = (count, took, { budget, least, most }) =>
  Math.max(least, Math.min(most, Math.round((count * budget) / took), 2 * count));

/**
 * How long to rest until the next frame, after one that took so long.
 * @param {number} took milliseconds
 * @param {number} frame
 */
export const rest_after = (took, frame) => Math.max(REST, frame - took);

/**
 * Return a clock for frames: count() steps are to be asked for in the next; frame(ask, take) takes
 * one that is asked for, rests until the next is due, and returns how long all this took.
 * @param {Pace} pace
 * @param {number} [first] steps
 */
export function frame_clock(pace, first = pace.least) {
  let count = first;
  return {
    count: () => count,
    /**
     * @template Answer
     * @param {() => Promise<Answer>} ask
     * @param {(answer: Answer) => void} take
     */
    async frame(ask, take) {
      const began = performance.now(),
        so_far = () => performance.now() - began,
        answer = await ask();
      count = next_count(count, so_far(), pace);
      take(answer);
      await sleep(rest_after(so_far(), pace.frame));
      return so_far();
    },
  };
}

/**
 * Act again and again as long as it is wanted and the laboratory is there; unseen, it rests.
 * @param {HTMLElement} root
 * @param {() => boolean} wanted
 * @param {() => Promise<void>} act
 */
export async function while_seen(root, wanted, act) {
  while (wanted() && root.isConnected)
    if (document.hidden || !window.aigc.shown(root)) await sleep(UNSEEN);
    else await act();
}

/**
 * Whether two configurations say the same.
 * @param {object} a
 * @param {object} b
 */
export const same_rules = (a, b) => Object.keys(a).every((name) => a[name] === b[name]);

/**
 * Return what calls `act` once it has not been called for a moment, with what was given last.
 * @template {unknown[]} Given
 * @param {(...given: Given) => void} act
 * @returns {(...given: Given) => void}
 */
export function once_settled(act) {
  let waiting = 0;
  return (...given) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => act(...given), SETTLING);
  };
}

/**
 * Tell a screen reader how far the training is: now and then, as long as it moves.
 * @param {HTMLElement} spoken
 * @param {() => { done: number, text: string } | null} now
 */
export function announce(spoken, now) {
  let last = 0;
  setInterval(() => {
    const told = now();
    if (!told || told.done === last || !spoken.isConnected) return;
    last = told.done;
    spoken.textContent = told.text;
  }, SPOKEN_EVERY);
}
