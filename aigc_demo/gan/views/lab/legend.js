// The layers of the plane, each a button that shows or hides it.

/** @import { Layer } from "aigc/gan/views/lab/plane.js" */

/** @type {Record<Layer, string>} */
const SIGNS = { data: "●", generated: "◆", surface: "▒", net: "#", pulls: "↗" };

/**
 * @param {Words} words
 * @param {() => void} changed
 * @returns {{ element: HTMLElement, wanted: Set<Layer> }}
 */
export function legend(words, changed) {
  const { make, say } = window.aigc;
  const wanted = new Set(/** @type {Layer[]} */ (Object.keys(SIGNS)));
  const toggles = [...wanted].map((layer) => {
    const toggle = make(
      "button",
      { type: "button", class: layer, "aria-pressed": "true" },
      make("b", { "aria-hidden": "true", translate: "no" }, SIGNS[layer]),
      ` ${say(words[layer])}`,
    );
    toggle.addEventListener("click", () => {
      if (!wanted.delete(layer)) wanted.add(layer);
      toggle.setAttribute("aria-pressed", String(wanted.has(layer)));
      changed();
    });
    return toggle;
  });
  const look = { class: "legend", role: "group", "aria-label": say(words.layers_shown) };
  return { element: make("div", look, ...toggles), wanted };
}
