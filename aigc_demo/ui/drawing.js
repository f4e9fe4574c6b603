// What opens the drawing of a component: see components.py's Drawing.

import { follow_scrolling } from "aigc/ui/scrolling.js";

follow_scrolling();

/**
 * Import the drawing's module, and let it draw with what Gradio gives to the script of a component.
 * A drawing that is seen for the first time then asks for the opening result of its view, not by
 * "load", which Gradio fires for all at once; and a model that cannot be opened says why where its
 * result would be. Who has to wait sees above the drawing, which stays, how many are ahead.
 * @param {string} name of the module: "aigc/" and its path
 * @param {Given<{problem?: Both, waiting?: number}>} given
 */
export async function open(name, given) {
  const { element, trigger, props, watch } = given;
  const report = (problem) => {
    const note = element.querySelector(".waking");
    if (note && problem) note.textContent = window.aigc.say(problem);
  };
  try {
    const { default: mount } = await import(name);
    mount(given);
    /** @type {HTMLElement} */ (element.querySelector(".drawing")).dataset.drawn = "";
  } catch (error) {
    element
      .querySelector(".drawing")
      .append(window.aigc.make("p", { class: "waking" }, String(error)));
    throw error;
  }
  const place = window.aigc.make("p", { class: "waiting-line", role: "status" });
  watch("value", () => {
    const { problem, waiting } = props.value ?? {};
    report(problem);
    place.remove();
    if (!waiting) return;
    place.textContent = window.aigc.say(problem);
    element.prepend(place);
  });
  report(props.value?.problem);
  if (!props.value) window.aigc.seen(element, () => trigger("apply"));
}
