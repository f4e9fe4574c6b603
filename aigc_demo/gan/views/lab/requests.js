// What the server is asked, past the queue: one request after the other. When the browser is gone,
// nothing asks, so nothing runs.

import { serial_queue } from "aigc/ui/serial_queue.js";

/** @import { Frame, State } from "aigc/gan/views/lab/view.js" */
/** @import { Act } from "aigc/gan/views/lab/training_loop.js" */

/**
 * @param {State} state
 * @param {object} parts
 * @param {(question: object) => Promise<any>} parts.play the server's
 * @param {() => number[][]} parts.points the shape of the visitor's own
 * @param {(text: "lost" | "gone" | Both | null) => void} parts.tell what went wrong, or nothing
 * @param {() => void} parts.restarted is told when a GAN of before is gone
 * @param {() => void} parts.failed
 * @returns {(act: Act, anew?: boolean) => Promise<Frame | undefined>} nothing where it failed
 */
export function requests(state, { play, points, tell, restarted, failed }) {
  const enqueue = serial_queue(play);
  let known = false; // whether there was a GAN of this page's before

  /**
   * @param {Frame & { problem?: Both, fresh: boolean } | null} answer
   * @param {boolean} anew
   */
  function receive(answer, anew) {
    const gone = answer?.fresh && known;
    tell(!answer ? "lost" : (answer.problem ?? (gone ? "gone" : null)));
    if (!answer || answer.problem) return void failed();
    if (anew || gone || answer.rounds < (state.value?.rounds ?? 0)) restarted();
    known = true;
    state.frames += 1;
    return answer;
  }
  return (act, anew = false) =>
    enqueue(
      () => ({
        rules: state.rules,
        points: points(),
        act,
        anew,
        rounds: act === "rounds" && state.mode === "run" ? state.count : 1,
      }),
      (answer) => receive(answer, anew),
    );
}
