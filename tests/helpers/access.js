// Stands in the page before all other scripts, after axe-core: which elements hear what, and what is owed to those who see little,
// listen, or have no mouse. See access.py.
(() => {
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (this instanceof Element) {
      this.heard ??= new Set();
      this.heard.add(kind);
    }
    return add.call(this, kind, ...rest);
  };
  const visible = Element.prototype.checkVisibility; // before a test takes it away
  const seen = (element) => visible.call(element, { visibilityProperty: true });
  const all = () => [...document.querySelectorAll("body *")].filter(seen);
  const told = (element) => element.outerHTML.slice(0, 160);
  window.isShown = seen;

  const stand_still = () =>
    document.head.appendChild(
      Object.assign(document.createElement("style"), {
        textContent: "* { transition: none !important }",
      }),
    );

  // Shuts or opens all folds that are seen.
  async function fold(shut) {
    for (const each of document.querySelectorAll("button.label-wrap"))
      if (seen(each) && each.classList.contains("open") === shut) each.click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }

  // --- axe-core ---
  // Of a thousand letters of one class, colour and ground, one is measured, and once a visit: contrast is by far the slowest of axe's rules.
  const measured = new Set();
  function sample() {
    const grounds = new Map([[null, ""]]),
      texts = new Set();
    const ground = (element) => {
      // all that it and what it stands in paint or fade
      if (!grounds.has(element)) {
        const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element),
          own = `${backgroundColor} ${backgroundImage} ${opacity};`;
        grounds.set(
          element,
          ground(element.parentElement) + (own === "rgba(0, 0, 0, 0) none 1;" ? "" : own),
        );
      }
      return grounds.get(element);
    };
    for (const element of document.querySelectorAll("[data-sample]"))
      element.removeAttribute("data-sample");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.textContent.trim()) texts.add(node.parentElement);
    for (const element of [...texts].filter(seen)) {
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      const name = element.closest(".katex")
        ? "formula"
        : [element, element.parentElement].map((each) => each.tagName + each.className).join();
      const kind = [name, color, fontSize, fontWeight, ground(element)].join();
      if (!measured.has(kind)) element.dataset.sample = "";
      measured.add(kind);
    }
  }
  // What other tabs and views hold is put aside meanwhile: axe would walk through all of it. And nothing is on its way to another colour.
  async function alone(act) {
    const still = stand_still();
    const aside = [...document.querySelectorAll("[role=tabpanel]")]
      .filter((panel) => !seen(panel))
      .map((panel) => [panel, document.createComment("aside")]);
    for (const [panel, mark] of aside) panel.replaceWith(mark);
    try {
      return await act();
    } finally {
      for (const [panel, mark] of aside.reverse()) mark.replaceWith(panel);
      still.remove();
    }
  }
  // On the whole page at first, then on what has changed: the tab.
  async function faults(tab, exceptions, colours) {
    const first = !measured.size,
      context = first ? document : { include: [[tab]] };
    axe.configure({ rules: [{ id: "color-contrast", selector: "[data-sample]" }] });
    const { violations } = await alone(() => {
      sample();
      return axe.run(context, {
        resultTypes: ["violations"],
        ...(colours && { runOnly: ["color-contrast"] }),
      });
    });
    const excepted = (id, target) =>
      exceptions.some(
        ([rule, selector]) =>
          rule === id && document.querySelector(target.at(-1))?.matches(selector),
      );
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes
        .filter(({ target }) => !excepted(id, target))
        .map(
          ({ target, html, any, all, none }) =>
            `${impact} ${id}: ${target.join(" ")} ${html.slice(0, 160)} ${[...any, ...all, ...none][0]?.message ?? ""}`,
        ),
    );
  }

  // --- The keyboard ---
  const MOUSE = [
    "click",
    "dblclick",
    "mousedown",
    "mousemove",
    "mouseover",
    "mouseenter",
    "pointerdown",
    "pointermove",
    "pointerover",
    "pointerenter",
    "dragstart",
  ];
  const HANDS = ["pointer", "crosshair", "grab", "move", "ew-resize", "ns-resize"];
  const hears = (element, kinds) =>
    kinds.some((kind) => element.heard?.has(kind) || `__${kind}` in element); // __: where Svelte keeps its own
  const stops = (element) => element.tabIndex >= 0 && !element.disabled;
  const natural = (element) => element.matches("button, a[href], input, select, textarea, summary");
  const cursor = (element) => getComputedStyle(element).cursor;

  // What reacts to the mouse and to no key: neither itself, nor by what it stands in.
  function out_of_reach(counterparts) {
    const reacts = (element) =>
      natural(element) ||
      element.matches("[role=button], [role=tab], [role=slider], [draggable=true]") ||
      hears(element, MOUSE) ||
      (HANDS.includes(cursor(element)) && cursor(element) !== cursor(element.parentElement));
    const keyed = (element) =>
      (natural(element) && stops(element)) ||
      (hears(element, ["keydown", "focusin"]) &&
        (stops(element) ||
          [...element.querySelectorAll("*")].some((each) => stops(each) && seen(each))));
    const reached = (element) => {
      if (element.disabled || element.closest("label")?.control) return true;
      for (
        let each = element;
        each && !each.matches("gradio-app, [role=tabpanel]");
        each = each.parentElement
      )
        if (keyed(each)) return true;
      return false;
    };
    return all()
      .filter(
        (element) =>
          reacts(element) &&
          !reached(element) &&
          !counterparts.some((each) => element.matches(each)),
      )
      .map(told);
  }

  // At one of each kind of what Tab stops at: the focus is seen, Tab leaves, and a handle moves by the arrow keys.
  function stumbles() {
    const still = stand_still();
    const kinds = new Map(
      all()
        .filter(stops)
        .map((element) => [
          [
            element.tagName,
            element.type,
            element.className,
            element.parentElement.className,
          ].join(),
          element,
        ]),
    );
    const own = (element) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } =
        getComputedStyle(element);
      return [
        boxShadow,
        borderColor,
        backgroundColor,
        ...(outlineStyle === "none" || outlineWidth === "0px"
          ? []
          : [outlineStyle, outlineWidth, outlineColor]),
      ];
    };
    const look = (element) =>
      [
        element,
        element.closest("label"),
        element.parentElement,
        element.parentElement.parentElement,
      ]
        .filter(Boolean)
        .flatMap(own)
        .join();
    const press = (element, key) =>
      element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const found = [],
      place = [scrollX, scrollY];
    for (const element of kinds.values()) {
      const before = look(element),
        stand = () => element.ariaValueNow + element.ariaValueText,
        at = stand();
      element.focus({ preventScroll: true });
      if (document.activeElement !== element) found.push(`takes no focus: ${told(element)}`);
      else if (look(element) === before) found.push(`shows no focus: ${told(element)}`);
      if (!press(element, "Tab")) found.push(`keeps the focus: ${told(element)}`);
      const moves = () =>
        ["ArrowRight", "ArrowLeft"]
          .map((key) => {
            press(element, key);
            return stand() !== at;
          })
          .includes(true);
      if (element.matches("[role=slider]:not(input)") && !moves())
        found.push(`does not move: ${told(element)}`);
    }
    document.activeElement.blur();
    still.remove();
    scrollTo(...place);
    return found;
  }

  // Where Tab is to stop, and which of these it passed by. Of a group of radio buttons it stops at one.
  const come_by = new Set(),
    goals = () =>
      all().filter((element) => stops(element) && !element.matches("[type=radio]:not(:checked)"));
  function walk() {
    document.addEventListener("focusin", ({ target }) => come_by.add(target));
    goals()[0].focus();
    return goals().length;
  }
  const passed_by = () =>
    goals()
      .filter((element) => !come_by.has(element))
      .map(told);
  window.access = { fold, faults, out_of_reach, stumbles, walk, passed_by };
})();
