// Controls beside the plots: buttons, a slider, a choice of several, a line of text.

import { format_number } from "aigc/ui/format.js";

const PAUSE = 450; // ms after the last key, until a typed text is read

/**
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
export function button(text, act, attributes = {}) {
  const element = window.aigc.make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

/**
 * @typedef {object} SliderOptions
 * @property {string} label
 * @property {number} min
 * @property {number} max
 * @property {number} step
 * @property {number} value
 * @property {string} name by which tests find it
 * @property {(value: number) => void} act called when it is moved
 * @property {(value: number) => string} [text] how its value is written
 */

/** @param {SliderOptions} options */
export function slider({ label, min, max, step, value, name, act, text = two_digits }) {
  const { make } = window.aigc,
    input = make("input", { type: "range", min, max, step, value, "data-slider": name }),
    output = make("output", { translate: "no" });
  const write = () => {
    output.textContent = text(+input.value);
    input.setAttribute("aria-valuetext", text(+input.value));
  };
  input.addEventListener("input", () => {
    write();
    act(+input.value);
  });
  write();
  return {
    element: make("label", { class: "dial" }, make("span", {}, label), input, output),
    /** @param {number} each */
    set: (each) => {
      input.value = String(each);
      write();
    },
  };
}

/** @param {number} value */
const two_digits = (value) => format_number(value, 2);

/**
 * Which of `count` buttons an arrow key leads to from `at`, where `columns` stand side by side;
 * null for other keys.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @param {number} columns
 */
export function next_option(key, at, count, columns) {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  return by && at >= 0 ? (at + by + count) % count : null;
}

/**
 * @template Value
 * @typedef {object} ChoiceOptions
 * @property {string} label
 * @property {[Value, string | Node][]} options each with its text or drawing
 * @property {Value} value
 * @property {string} name by which tests find it
 * @property {(value: Value) => void} act called when another is chosen
 * @property {number} [columns] how many stand side by side
 */

/**
 * One of several: buttons, of which the arrow keys choose.
 * @template Value
 * @param {ChoiceOptions<Value>} options
 */
export function choice({ label, options, value, act, name, columns = 1 }) {
  const { make } = window.aigc;
  const buttons = options.map(([each, text]) => {
    const element = make("button", { type: "button", "data-choice": `${name}:${each}` }, text);
    element.addEventListener("click", () => choose(each));
    return element;
  });
  const element = make(
    "div",
    { class: "choice-of", role: "group", "aria-label": label },
    make("span", { class: "name" }, label),
    ...buttons,
  );
  element.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target)),
      next = next_option(event.key, at, buttons.length, columns);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[next].focus();
    choose(options[next][0]);
  });
  /** @param {Value} chosen */
  function set(chosen) {
    buttons.forEach((each, i) => {
      each.setAttribute("aria-pressed", String(options[i][0] === chosen));
    });
  }
  function choose(chosen) {
    set(chosen);
    act(chosen);
  }
  set(value);
  return { element, set };
}

/**
 * A line of text that is read when Enter is pressed, or a moment after the last key.
 * @param {{ label: string, value: string, longest: number, act: (text: string) => void }} options
 */
export function text_field({ label, value, longest, act }) {
  const { make } = window.aigc;
  const plain = { spellcheck: "false", autocomplete: "off" },
    input = make("input", { type: "text", maxlength: longest, value, ...plain });
  let waiting = 0;
  const send = () => {
    clearTimeout(waiting);
    act(input.value);
  };
  input.addEventListener("keydown", (event) => event.key === "Enter" && send());
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE);
  });
  return make("label", { class: "typed" }, make("span", {}, label), input);
}
