// The stage of a view of mathematics: its numbered parts, one of which is seen.

import { live_formula } from "aigc/ui/live_formula.js";
import { stepper } from "aigc/ui/stepper.js";
import { on_theme_change } from "aigc/ui/theme.js";

/**
 * @typedef {object} Part
 * @property {HTMLElement[]} elements what the panel shows
 * @property {() => void} draw draws what the numbers are now
 * @property {() => void} [update] looks at the value that came from Python
 */

/**
 * @typedef {object} Formula
 * @property {HTMLElement} element
 * @property {(...pieces: string[]) => void} show TeX, in pieces between which a line may break
 */

/**
 * What a part finds on its stage.
 * @template [Value=any]
 * @typedef {object} Stage
 * @property {(key: string, values?: Values) => string} text one of the view's texts
 * @property {() => Formula} formula a new formula
 * @property {(text: string) => void} conclude writes the sentence under the part
 * @property {() => void} show shows the part anew, if what it shows is another element now
 * @property {() => Value | null} value what came from Python
 */

/**
 * Put the parts on the stage. Their panel reaches down to the window's edge, and the plots take
 * what is left in it. `redrawn`: whether a part has colours of the theme in its pixels.
 * @template Value
 * @param {Given<Value>} given
 * @param {string} look the class of the view's drawing
 * @param {(stage: Stage<Value>) => Record<string, Part>} create the parts by their names, in order
 * @param {{ redrawn?: boolean }} [options]
 */
export function mount_stage({ element, props, watch }, look, create, { redrawn = false } = {}) {
  const { say, resized } = window.aigc;
  const parts = create({
    text: (key, values) => say(props.words[key], values),
    formula: () => live_formula(props.katex),
    conclude: (text) => {
      said.textContent = text;
    },
    show: () => show(),
    value: () => props.value,
  });
  const names = Object.keys(parts);
  let seen = names[0];
  const draw = (name) => {
    seen = name;
    parts[name].draw();
    return parts[name].elements;
  };
  const { frame, said, show } = stepper(names, props.words, { before: null, draw });
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing")),
    panel = frame.querySelector(".panel");
  root.className = `drawing staged mathematics ${look}`;
  root.style.setProperty("--parts", String(names.length));
  resized(frame, () => {
    const above = Math.round(panel.getBoundingClientRect().top + scrollY);
    root.style.setProperty("--above", `${above}px`);
  });
  root.append(frame);
  show();
  for (const { update } of Object.values(parts))
    if (update) {
      watch("value", update);
      update();
    }
  if (redrawn) on_theme_change(() => parts[seen].draw());
}
