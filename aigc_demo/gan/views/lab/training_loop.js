// The training as the browser drives it: at full speed, in slow motion, or a single step. It asks
// for one frame after the other, and for none while nobody looks.

import { while_seen } from "aigc/ui/live_lab.js";

/** @import { Frame, State } from "aigc/gan/views/lab/view.js" */
/** @typedef {"still" | "run" | "slow"} Mode */
/** @typedef {"rounds" | "D" | "G" | "look"} Act */

const SLOW = 1100; // milliseconds for a step of the procedure in slow motion

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * @param {State} state which it changes, calling `draw` or `changed` after
 * @param {object} parts
 * @param {HTMLElement} parts.root
 * @param {ReturnType<typeof import("aigc/ui/live_lab.js").frame_clock>} parts.clock
 * @param {(act: Act) => Promise<Frame | null>} parts.ask
 * @param {(frame: Frame | null) => void} parts.take shows a frame, if there is one
 * @param {() => void} parts.draw
 * @param {() => void} parts.changed is told when the mode has changed
 */
export function training_loop(state, { root, clock, ask, take, draw, changed }) {
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
    const run_on = () => clock.frame(() => ask("rounds"), take);
    await while_seen(
      root,
      () => state.mode !== "still",
      async () => void (await (state.mode === "run" ? run_on() : iterate("rounds"))),
    );
    playing = false;
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
   * @param {Frame | null} frame
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
