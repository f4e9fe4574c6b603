// The training as the browser drives it: at full speed, in slow motion, or a single step. It asks
// for one frame after the other, and for none while nobody looks.

import { next_count, rest_after } from "aigc/gan/views/lab/pace.js";

/** @import { Frame, State } from "aigc/gan/views/lab/view.js" */
/** @typedef {"still" | "run" | "slow"} Mode */
/** @typedef {"rounds" | "D" | "G" | "look"} Act */

const SLOW = 1100; // milliseconds for a step of the procedure in slow motion
const UNSEEN = 300; // milliseconds until it is looked for again whether it can be seen

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * @param {State} state which it changes, calling `draw` or `changed` after
 * @param {object} parts
 * @param {HTMLElement} parts.root
 * @param {number} parts.most iterations between two frames
 * @param {(act: Act) => Promise<Frame | undefined>} parts.ask
 * @param {(frame: Frame | undefined) => void} parts.take shows a frame, if there is one
 * @param {() => void} parts.draw
 * @param {() => void} parts.changed is told when the mode has changed
 */
export function training_loop(state, { root, most, ask, take, draw, changed }) {
  let playing = false;

  /** @param {Mode} mode */
  function go(mode) {
    const was = state.mode;
    state.mode = mode;
    if (mode === "run") state.step = 0;
    changed();
    if (was === "still" && mode !== "still") play();
  }
  async function play() {
    if (playing) return;
    playing = true;
    while (state.mode !== "still" && root.isConnected) {
      if (document.hidden || !window.aigc.shown(root)) await sleep(UNSEEN);
      else await (state.mode === "run" ? run_on() : iterate("rounds"));
    }
    playing = false;
  }
  async function run_on() {
    const began = performance.now();
    take(await ask("rounds"));
    const took = performance.now() - began;
    state.count = next_count(state.count, took, most);
    await sleep(rest_after(took));
  }
  // One step of D, of G, or of both: through the steps of the procedure, with the numbers of this
  // very batch.
  /** @param {Act} act */
  async function iterate(act) {
    if (act !== "G") await walk_through(await ask("D"), [2, 3, 4], 5);
    if (act !== "D" && state.mode !== "run") await walk_through(await ask("G"), [], 6);
    if (act === "rounds" && state.mode === "slow") await show_step(7);
  }
  /**
   * @param {Frame | undefined} frame
   * @param {number[]} before steps that are shown before the network has moved
   * @param {number} after the step that moves it
   */
  async function walk_through(frame, before, after) {
    if (!frame) return;
    const { surface, points } = state.value;
    for (const step of before) {
      if (state.mode !== "slow") break;
      state.value = { ...frame, surface, points };
      await show_step(step);
    }
    state.step = after;
    take(frame);
    if (state.mode === "slow") await sleep(SLOW);
  }
  async function show_step(step) {
    state.step = step;
    draw();
    await sleep(SLOW);
  }
  /** @param {Act} act */
  async function once(act) {
    go("still");
    await iterate(act);
  }
  return { go, once };
}
