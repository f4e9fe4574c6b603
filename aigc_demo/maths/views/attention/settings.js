// The settings of attention: √d_k and the mask, on or off, and the temperature.

import { choice, slider } from "aigc/maths/views/_shared/controls.js";

/** @import { Stage } from "aigc/maths/views/_shared/stage.js" */
/** @import { Settings } from "aigc/maths/views/attention/scaled_dot_product.js" */

/**
 * Controls that change `settings`.
 * @param {Stage} stage
 * @param {Settings} settings
 * @param {string} name by which tests find them
 * @param {() => void} changed
 */
export function settings_controls({ text }, settings, name, changed) {
  const change = (key) => (to) => {
    settings[key] = to;
    changed();
  };
  const on_off = (key, label) =>
    choice({
      label,
      options: /** @type {[boolean, string][]} */ ([
        [true, text("on")],
        [false, text("off")],
      ]),
      value: settings[key],
      name: `${name}-${key}`,
      act: change(key),
    }).element;
  const temperature = slider({
    label: text("temperature"),
    min: 0.1,
    max: 4,
    step: 0.05,
    value: settings.temperature,
    name: `${name}-temperature`,
    act: change("temperature"),
  });
  return [on_off("scaled", "√dₖ"), on_off("masked", text("mask")), temperature.element];
}
