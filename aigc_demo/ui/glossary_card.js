// The card beside a word that is a term.

import { explain, terms, words } from "aigc/ui/glossary_entry.js";
import { open } from "aigc/ui/glossary_panel.js";

const { make } = window.aigc;
const POPS = HTMLElement.prototype.showPopover && HTMLElement.prototype.hidePopover;
const MARGIN = 8; // pixels to the window's edge
const GAP = 6; // pixels between the word and the card

/** @type {HTMLElement | null} */
let card = null; // made when it is first shown
/** @type {HTMLElement | null} */
let word = null; // beside which it stands
let top_of_word = 0,
  is_open = false;

function was_closed() {
  is_open = false;
  word?.setAttribute("aria-expanded", "false");
}

function hide() {
  if (!is_open) return;
  if (POPS) return card.hidePopover();
  card.hidden = true;
  was_closed();
}

function back_to_word() {
  hide();
  word.focus();
}

/** Without popovers of the browser's own the card is hidden by hand: by Escape, and by a press
 * beside it. */
function hide_by_hand(/** @type {HTMLElement} */ box) {
  box.hidden = true;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && is_open) back_to_word();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!box.contains(/** @type {Node} */ (event.target))) hide();
  });
}

function build() {
  const box = make("div", {
    id: "term-card",
    class: "glossed",
    role: "dialog",
    "aria-labelledby": "term-card-name",
  });
  box.addEventListener("beforetoggle", (event) => event.newState === "closed" && was_closed());
  if (POPS) box.popover = "auto";
  else hide_by_hand(box);
  document.querySelector(".gradio-container .contain").append(box);
  box.addEventListener("keydown", (event) => {
    // past its last button, or before its first, one is back at the word
    const buttons = [...box.querySelectorAll("button")];
    if (event.key !== "Tab" || document.activeElement !== buttons.at(event.shiftKey ? 0 : -1))
      return;
    event.preventDefault();
    back_to_word();
  });
  const follow = () => {
    if (!(Math.abs(word.getClientRects()[0]?.top - top_of_word) < 2)) hide();
  };
  document.addEventListener("scroll", follow, { capture: true, passive: true });
  return box;
}

/** Put the card under the word; above it where there is no room. */
function put_beside(/** @type {DOMRect} */ at) {
  const room = innerHeight - at.bottom - MARGIN;
  const right = document.documentElement.clientWidth - card.offsetWidth - MARGIN;
  const above = Math.max(MARGIN, at.top - card.offsetHeight - GAP);
  card.style.left = `${Math.max(MARGIN, Math.min(at.left, right))}px`;
  card.style.top = `${room >= card.offsetHeight ? at.bottom + GAP : above}px`;
}

/**
 * Show the card of a term beside its link.
 * @param {HTMLElement} link
 */
export function show(link) {
  const term = terms.get(link.dataset.term);
  card ??= build();
  const whole = make("button", { type: "button", class: "whole link" }, words("whole"));
  whole.addEventListener("click", () => {
    back_to_word();
    open(term.key);
  });
  card.replaceChildren(...explain(term, "div", hide));
  card.lastElementChild.append(whole);
  card.firstElementChild.id = "term-card-name";
  hide();
  word = link;
  link.setAttribute("aria-expanded", "true");
  if (POPS) card.showPopover();
  else card.hidden = false;
  is_open = true;
  const at = link.getClientRects()[0];
  put_beside(at);
  /** @type {HTMLElement} */
  const see = card.querySelector(".see");
  see.focus({ preventScroll: true });
  top_of_word = at.top;
}
