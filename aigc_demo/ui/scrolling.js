// Whatever can be scrolled can be reached by the keyboard, at any content: it takes the focus while
// something of it is out of sight. Where that may be is read in the styles, ours and Gradio's:
// whoever writes overflow: auto need not think of it.

const SCROLLS = ["auto", "scroll"];
const PAUSE = 120; // milliseconds from a change to the look at what it has moved
const NAMELESS = ["DIV", "SPAN", "P", "FIGURE", "PRE"]; // none may be named without a role

/** What is read of a style rule; a rule without a selector groups others, as @media does.
 * @typedef {object} Rule
 * @property {string} [selectorText]
 * @property {{overflowX: string, overflowY: string}} [style]
 * @property {Iterable<Rule>} [cssRules]
 */

/**
 * Return a nested rule's selector as one that stands alone.
 * @param {string} selector
 * @param {string} within the selector of the rule around it; "" outside
 */
export function unnested(selector, within) {
  if (!within) return selector;
  return selector
    .split(/,(?![^()]*\))/)
    .map((part) =>
      part.includes("&") ? part.replaceAll("&", `:is(${within})`) : `:is(${within}) ${part}`,
    )
    .join(",");
}

/**
 * Return the selectors of the rules, and of those nested in them, that let something be scrolled.
 * @param {Iterable<Rule>} rules
 * @param {string} within the selector of the rule around them; "" outside
 * @returns {string[]}
 */
export function selectors_of(rules, within = "") {
  return [...rules].flatMap((rule) => {
    const { selectorText, style, cssRules } = rule;
    const own = selectorText && unnested(selectorText, within);
    const scrolls =
      own && style && [style.overflowX, style.overflowY].some((each) => SCROLLS.includes(each));
    return [...(scrolls ? [own] : []), ...(cssRules ? selectors_of(cssRules, own || within) : [])];
  });
}

/** Return the selectors of a sheet that this browser knows; none of another site's sheet. */
function read(sheet) {
  try {
    return selectors_of(sheet.cssRules).filter((each) => {
      try {
        return document.querySelector(each) !== undefined;
      } catch {
        return false;
      }
    });
  } catch {
    return [];
  }
}

function out_of_sight(element) {
  const wide = element.scrollWidth > element.clientWidth,
    high = element.scrollHeight > element.clientHeight;
  if (!element.clientWidth || (!wide && !high)) return false;
  const { overflowX, overflowY } = getComputedStyle(element);
  return (wide && SCROLLS.includes(overflowX)) || (high && SCROLLS.includes(overflowY));
}

/** Return what it is: the heading above it, else the view's title. */
function name_of(element) {
  for (let each = element.parentElement; each && !each.matches("body"); each = each.parentElement) {
    const heading = each.querySelector(
      ":scope > :is(h2, h3, h4, figcaption, legend), :scope > header :is(h2, h3)",
    );
    if (heading?.textContent.trim()) return heading.textContent.trim();
  }
  return "";
}

/** Let the keyboard reach an element; what is set for it stands in data-scrolls. */
function make_focusable(element) {
  if (element.tabIndex >= 0 || element.matches("body, html")) return;
  element.tabIndex = 0;
  element.dataset.scrolls = "tabindex";
  if (element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby")) return;
  element.dataset.scrolls += " aria-label";
  element.setAttribute(
    "aria-label",
    [name_of(element), window.aigc.say(window.aigc.words.scrolls)].filter(Boolean).join(" · "),
  );
  if (!NAMELESS.includes(element.tagName) || element.hasAttribute("role")) return;
  element.dataset.scrolls += " role";
  element.setAttribute("role", "group");
}

function restore(element) {
  if (element === document.activeElement) return;
  for (const name of element.dataset.scrolls.split(" ")) element.removeAttribute(name);
  delete element.dataset.scrolls;
}

/** Keep the page so that whatever can be scrolled takes the focus. Called once. */
export function follow_scrolling() {
  /** The selectors of each sheet. @type {WeakMap<CSSStyleSheet, string[]>} */
  const found = new WeakMap();
  let sheets = -1,
    everywhere = "";

  function candidates() {
    const all = [...document.styleSheets];
    if (all.length !== sheets) {
      sheets = all.length;
      for (const sheet of all)
        if (!found.has(sheet) || !found.get(sheet).length) found.set(sheet, read(sheet));
      const own = ["[style*=overflow]", "[data-scrolls]"];
      everywhere = [...new Set([...own, ...all.flatMap((sheet) => found.get(sheet))])].join(", ");
    }
    return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(everywhere));
  }
  function look() {
    for (const element of candidates()) {
      if (out_of_sight(element)) make_focusable(element);
      else if (element.dataset.scrolls) restore(element);
    }
  }
  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      look();
    }, PAUSE);
  }
  new MutationObserver(soon).observe(document, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  for (const kind of ["click", "keyup", "input", "resize", "load", "transitionend"])
    addEventListener(kind, soon, { capture: true, passive: true });
}
