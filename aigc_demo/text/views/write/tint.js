// The switch that tints what all models wrote, and the tint's legend. It changes what stands there
// already; nothing is computed.

import { tint_legend } from "aigc/text/views/_shared/tinted.js";

/** @param {Given<null>} given */
export default function mount({ element, props }) {
  const { make, say } = window.aigc;
  const root = element.querySelector(".drawing");
  root.className = "drawing tint";
  const legend = tint_legend(props.words);
  const button = make(
    "button",
    { type: "button", role: "switch", "aria-checked": "false" },
    say(props.words.tint),
  );
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-checked") !== "true";
    button.setAttribute("aria-checked", String(on));
    legend.hidden = !on;
    for (const writing of element.closest(".stage").querySelectorAll(".writing"))
      writing.toggleAttribute("data-plain", !on);
  });
  legend.hidden = true;
  root.append(button, legend);
}
