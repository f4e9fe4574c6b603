// First in <head>, before Gradio starts: the language is settled here, so every later question gets one answer.
(() => {
  const asked = new URLSearchParams(location.search).get("lang");
  const remembered = (() => { try { return localStorage.getItem("aigc-language"); } catch { return null; } })();
  const known = (language) => ["en", "zh"].includes(language);
  const language = known(asked) ? asked : known(remembered) ? remembered : navigator.language.startsWith("zh") ? "zh" : "en";
  const locale = { en: "en", zh: "zh-CN" }[language];  // a name that Gradio has a table of its own for
  Object.defineProperty(navigator, "language", { get: () => locale });
  Object.defineProperty(navigator, "languages", { get: () => [locale] });
  document.documentElement.lang = locale;
  document.documentElement.dataset.language = language;
  try { localStorage.setItem("aigc-language", language); } catch { /* private window: the address keeps it */ }
  const at = (key, value) => {
    const url = new URL(location);
    if (value === null) url.searchParams.delete(key);
    else url.searchParams.set(key, value);
    return url;
  };
  const address = (key, value) => history.replaceState(null, "", at(key, value));
  if (asked === null) address("lang", language);
  document.addEventListener("click", (event) => {  // the address follows the tab that is open, so it can be shared
    const tab = event.target.closest?.("[role=tab][id^=tab-]");
    if (tab) address("tab", tab.id.slice("tab-".length, -"-button".length));
  });
  for (const kind of ["focusin", "click"]) document.addEventListener(kind, (event) => {  // what Gradio folds does not say whether it is open
    const fold = event.target.closest?.("button.label-wrap");
    if (fold) requestAnimationFrame(() => fold.setAttribute("aria-expanded", fold.classList.contains("open")));
  });

  window.aigc = {
    language,
    drawings: {},  // each drawing's script, by its file
    // A text in the page's language, its {fields} filled with `values`.
    say: (both, values = {}) => String((both && typeof both === "object" ? both[language] : both) ?? "").replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank),
    speak: (other) => { location.href = at("lang", other); },
    open: () => document.getElementById(`tab-${new URLSearchParams(location.search).get("tab")}-button`)?.click(),
    address,
    // Calls `then` once, when the tab that holds `element` is open: Gradio shows the first tab for a moment, whatever the address asks for.
    seen: (element, then) => {
      const tab = element.closest("[role=tabpanel][id^=tab-]"), asked = new URLSearchParams(location.search).get("tab");
      if (!tab || !window.aigc.has(asked) || tab.id === `tab-${asked}`) return then();
      const watcher = new ResizeObserver(() => {
        if (!tab.checkVisibility() || new URLSearchParams(location.search).get("tab") === asked) return;
        watcher.disconnect();
        then();
      });
      watcher.observe(tab);
    },
    has: (tab) => document.getElementById(`tab-${tab}-button`) !== null,
    // Opens a tab, "gan", or a view of one, "gan/pictures", as a click on both would.
    visit: (place) => {
      const [tab, view] = place.split("/"), button = document.getElementById(`tab-${tab}-button`);
      if (view) address("view", view);  // which a tab that is opened for the first time reads
      button?.click();
      document.getElementById(`${tab}-${view}-view`)?.click();
      button?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    },
    shade: () => {
      const dark = document.body.classList.toggle("dark");
      address("__theme", dark ? "dark" : "light");
    },
    // Makes an element: make("p", {class: "note"}, "text", child, ...)
    make: (tag, attributes = {}, ...children) => {
      const svg = ["svg", "g", "line", "path", "polyline"].includes(tag);  // these live in a namespace of their own
      const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.append(...children);
      return element;
    },
    visible: (text) => text?.replace(/[ \n\t]/g, (blank) => ({ " ": "␣", "\n": "↵", "\t": "⇥" })[blank]),  // blanks as marks that can be seen
    still: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
    number: (value, digits) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  };
})();
