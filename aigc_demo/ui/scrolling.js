// Whatever can be scrolled can be reached by the keyboard, at any content: it takes the focus while
// something of it is out of sight. Where that may be is read in the styles, ours and Gradio's:
// whoever writes overflow: auto need not think of it.
(() => {
  const SCROLLS = ["auto", "scroll"],
    PAUSE = 120; // milliseconds from a change to the look at what it has moved
  // of which none may be named without a role
  const NAMELESS = ["DIV", "SPAN", "P", "FIGURE", "PRE"];
  const found = new WeakMap(); // the selectors of each sheet
  let sheets = -1,
    everywhere = "";

  function selectors_of(rules, within) {
    return [...rules].flatMap((rule) => {
      const own =
        rule.selectorText &&
        (within
          ? rule.selectorText
              .split(/,(?![^()]*\))/)
              .map((part) =>
                part.includes("&")
                  ? part.replaceAll("&", `:is(${within})`)
                  : `:is(${within}) ${part}`,
              )
              .join(",")
          : rule.selectorText);
      const style = rule.style,
        scrolls =
          own && style && [style.overflowX, style.overflowY].some((each) => SCROLLS.includes(each));
      return [
        ...(scrolls ? [own] : []),
        ...(rule.cssRules ? selectors_of(rule.cssRules, own || within) : []),
      ];
    });
  }
  function read(sheet) {
    try {
      return selectors_of(sheet.cssRules, "").filter((each) => {
        try {
          return document.querySelector(each) !== undefined;
        } catch {
          return false;
        }
      });
    } catch {
      return [];
    } // another's sheet
  }
  function candidates() {
    const all = [...document.styleSheets];
    if (all.length !== sheets) {
      sheets = all.length;
      for (const sheet of all)
        if (!found.has(sheet) || !found.get(sheet).length) found.set(sheet, read(sheet));
      everywhere = [
        ...new Set([
          "[style*=overflow]",
          "[data-scrolls]",
          ...all.flatMap((sheet) => found.get(sheet)),
        ]),
      ].join(", ");
    }
    return document.querySelectorAll(everywhere);
  }
  function out_of_sight(element) {
    const wide = element.scrollWidth > element.clientWidth,
      high = element.scrollHeight > element.clientHeight;
    if (!element.clientWidth || (!wide && !high)) return false;
    const { overflowX, overflowY } = getComputedStyle(element);
    return (wide && SCROLLS.includes(overflowX)) || (high && SCROLLS.includes(overflowY));
  }
  // What it is: the heading above it, else the view's title.
  function name_of(element) {
    for (
      let each = element.parentElement;
      each && !each.matches("body");
      each = each.parentElement
    ) {
      const heading = each.querySelector(
        ":scope > :is(h2, h3, h4, figcaption, legend), :scope > header :is(h2, h3)",
      );
      if (heading?.textContent.trim()) return heading.textContent.trim();
    }
    return "";
  }
  function open(element) {
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
  function shut(element) {
    if (element === document.activeElement) return;
    for (const name of element.dataset.scrolls.split(" ")) element.removeAttribute(name);
    delete element.dataset.scrolls;
  }
  function look() {
    for (const element of candidates()) {
      if (out_of_sight(element)) open(element);
      else if (element.dataset.scrolls) shut(element);
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
})();
