// The glossary: a panel of all terms; and in the pages' prose the first occurrence of a term is a
// link to a card that explains it. Its terms: see glossary.py's module().

import { show } from "aigc/ui/glossary_card.js";
import { link_terms } from "aigc/ui/glossary_links.js";
import { open } from "aigc/ui/glossary_panel.js";

export { open };

const PAUSE = 300; // milliseconds from a change to the look at what it has brought
const PATIENCE = 1000; // milliseconds until the look no longer waits for an idle moment
const when_idle = window.requestIdleCallback ?? ((then) => setTimeout(then));

let waiting = false;

/** Link when nothing else is to do, and just after a frame: what is seen, and what not, is then
 * worked out already. */
function soon() {
  if (waiting) return;
  waiting = true;
  const link = () => {
    waiting = false;
    link_terms();
    observer.takeRecords(); // of its own links
  };
  const after_frame = () => requestAnimationFrame(() => setTimeout(link));
  setTimeout(() => when_idle(after_frame, { timeout: PATIENCE }), PAUSE);
}
const observer = new MutationObserver(soon);
observer.observe(document, { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  soon(); // a tab or a fold that is opened may only have been hidden
  const target = /** @type {Partial<Element>} */ (event.target); // the document is no element
  /** @type {HTMLElement | null} */
  const link = target.closest?.("a.term");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyG") return;
  event.preventDefault();
  open();
});

/** Open the panel where the address asks for a term. */
export function arrive() {
  const asked = window.aigc.asked("term");
  if (asked === null) return;
  document.getElementById("glossary-button").focus(); // where one is when it is closed
  open(asked);
}
