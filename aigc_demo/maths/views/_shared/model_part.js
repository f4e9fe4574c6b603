// A part that shows what a real model computed: until that is there, a note that the model is being
// loaded, or why it cannot be.

/** @import { Part, Stage } from "aigc/maths/views/_shared/stage.js" */

/**
 * @template Value
 * @typedef {object} ModelPartOptions
 * @property {HTMLElement[]} elements
 * @property {(value: Value) => boolean} complete whether a value is a result
 * @property {(value: Value) => void} receive called with every new result
 * @property {() => void} draw draws the last one
 */

/**
 * @template {{ problem?: Both }} Value
 * @param {Stage<Value>} stage
 * @param {ModelPartOptions<Value>} options
 * @returns {Part}
 */
export function model_part(stage, { elements, complete, receive, draw }) {
  const waiting = window.aigc.make("p", { class: "waking" }, stage.text("waking"));
  /** @type {Value | null} */
  let value = null;
  function update() {
    const now = stage.value();
    if (now?.problem) waiting.textContent = window.aigc.say(now.problem);
    if (!now || now === value || !complete(now)) return;
    value = now;
    receive(value);
    if (waiting.isConnected) stage.show();
    else if (elements[0].isConnected) draw();
  }
  return {
    get elements() {
      return value ? elements : [waiting];
    },
    draw: () => {
      if (value) draw();
    },
    update,
  };
}
