// First in <head>, before Gradio starts: the language is settled here, so every later question gets
// one answer. What a browser lacks or refuses costs the step that needs it, never the page: each
// such step stands in an attempt.
(() => {
  const attempt = (act, otherwise = null) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };

  // --- The address: told here, for in a frame without one of its own the browser does not keep it
  // ---
  let here = attempt(() => new URL(location.href)) ?? new URL("about:blank");
  const asked = (key) => here.searchParams.get(key);
  const at = (changes) => {
    const url = new URL(here);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === undefined) url.searchParams.delete(key);
      else url.searchParams.set(key, value);
    }
    return url;
  };
  const write = (how, changes) => {
    here = at(changes);
    attempt(() => history[how](null, "", here));
  };
  const address = (key, value) => write("replaceState", { [key]: value });

  // --- The language ---
  const KNOWN = ["en", "zh"];
  const understood = (tag) =>
    KNOWN.find(
      (each) =>
        each ===
        String(tag ?? "")
          .trim()
          .split(/[-_]/)[0]
          .toLowerCase(),
    ) ?? null; // of "zh-Hant-TW" the first part
  const remembered = attempt(() => localStorage.getItem("aigc-language"));
  const liked = attempt(() => [...(navigator.languages ?? []), navigator.language], []);
  const language =
    understood(asked("lang")) ??
    understood(remembered) ??
    liked.map(understood).find(Boolean) ??
    "en";
  // a name that Gradio has a table of its own for
  const locale = { en: "en", zh: "zh-CN" }[language];
  const answers = { language: locale, languages: [locale] };
  for (const [name, answer] of Object.entries(answers))
    attempt(() =>
      Object.defineProperty(navigator, name, { get: () => answer, configurable: true }),
    );
  if (navigator.language !== locale) {
    // a navigator that lets nobody change it is replaced; where not even that is allowed, Gradio's
    // labels follow the browser
    const real = navigator,
      read = (key) => (typeof real[key] === "function" ? real[key].bind(real) : real[key]);
    const speaking = new Proxy(
      {},
      {
        get: (_, key) => (key in answers ? answers[key] : read(key)),
        has: (_, key) => key in real,
      },
    );
    attempt(() =>
      Object.defineProperty(window, "navigator", { get: () => speaking, configurable: true }),
    );
  }
  document.documentElement.lang = locale;
  document.documentElement.dataset.language = language;
  // in a private window the address keeps it
  attempt(() => localStorage.setItem("aigc-language", language));
  if (!asked("lang")) address("lang", language);

  // --- What older browsers lack ---
  const shown = (element) =>
    element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
  // Calls `then` when `element` has changed its size, and once at first; returns what ends it.
  const resized = (element, then) => {
    if (window.ResizeObserver) {
      const watcher = new ResizeObserver(then);
      watcher.observe(element);
      return () => watcher.disconnect();
    }
    let before = null;
    const look = () => {
      const now = `${element.clientWidth} ${element.clientHeight} ${shown(element)}`;
      if (now !== before) then();
      before = now;
    };
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  };

  // --- Tabs and their views: the address follows what is open, an entry of the history each ---
  const button_of = (tab) => document.getElementById(`tab-${tab}-button`);
  const tabs = () =>
    window.gradio_config.components
      .filter(({ type }) => type === "tabitem")
      .map(({ props }) => props.elem_id);
  // also before the page is built
  const has = (tab) => button_of(tab) !== null || tabs().includes(`tab-${tab}`);
  const name_of = (button) => button?.id.slice("tab-".length, -"-button".length);
  // none while the tab was never open
  const views_of = (tab) => [...document.querySelectorAll(`#${tab}-views [data-view]`)];
  const chosen_of = (tab) =>
    views_of(tab).find((button) => button.getAttribute("aria-selected") === "true")?.dataset.view ??
    null;
  const place = () => {
    const tab = has(asked("tab"))
      ? asked("tab")
      : name_of(document.querySelector("[role=tab][id^=tab-]"));
    const names = views_of(tab).map((button) => button.dataset.view),
      view = asked("view");
    return { tab, view: names.length && !names.includes(view) ? names[0] : view };
  };
  // Writes a place into the address: in a new entry, unless it is the place where one is.
  const enter = (tab, view, { replace = false, ...others } = {}) => {
    const now = place(),
      same =
        now.tab === tab &&
        now.view === view &&
        Object.entries(others).every(([key, value]) => asked(key) === String(value));
    write(replace || same ? "replaceState" : "pushState", { tab, view, ...others });
  };
  const show = (tab, view) => {
    button_of(tab)?.click();
    // which a tab that is opened for the first time reads in the address
    if (view) document.getElementById(`${tab}-${view}-view`)?.click();
  };
  document.addEventListener("click", (event) => {
    const tab = name_of(event.target.closest?.("[role=tab][id^=tab-]"));
    if (tab && tab !== place().tab) enter(tab, chosen_of(tab));
  });
  let shade = null; // that a visitor has chosen: it holds in all entries
  addEventListener("popstate", () => {
    here = attempt(() => new URL(location.href)) ?? here;
    if (shade) address("__theme", shade);
    const { tab, view } = place();
    show(tab, view);
  });

  for (const kind of ["focusin", "click"])
    document.addEventListener(kind, (event) => {
      // what Gradio folds does not say whether it is open
      const fold = event.target.closest?.("button.label-wrap");
      if (fold)
        requestAnimationFrame(() =>
          fold.setAttribute("aria-expanded", fold.classList.contains("open")),
        );
    });

  window.aigc = {
    language,
    // The glossary's panel: its module comes when it is first asked for, or when the page is there.
    glossary: {
      open: () => import("aigc/ui/glossary.js").then(({ open }) => open()),
      arrive: () => import("aigc/ui/glossary.js").then(({ arrive }) => arrive()),
    },
    // A text in the page's language, its {fields} filled with `values`.
    say: (both, values = {}) =>
      String((both && typeof both === "object" ? both[language] : both) ?? "").replace(
        /\{(\w+)\}/g,
        (blank, name) => values[name] ?? blank,
      ),
    speak: (other) => {
      location.href = at({ lang: other });
    },
    asked,
    address,
    enter,
    place,
    has,
    shown,
    resized,
    open: () => button_of(asked("tab"))?.click(),
    settle: () => {
      if (understood(asked("lang")) !== language) address("lang", language);
    }, // once the visitor was told that it is not understood
    // Calls `then` once, when the tab that holds `element` is open: Gradio shows the first tab for
    // a moment, whatever the address asks for.
    seen: (element, then) => {
      const tab = element.closest("[role=tabpanel][id^=tab-]"),
        wanted = asked("tab");
      if (!tab || !has(wanted) || tab.id === `tab-${wanted}`) return then();
      const stop = resized(tab, () => {
        if (!shown(tab) || asked("tab") === wanted) return;
        stop();
        then();
      });
    },
    // Opens a tab, "gan", or a view of one, "gan/pictures", as a click on both would. options:
    // {replace, and what else the address is to tell}.
    visit: (where, options = {}) => {
      const [tab, view = chosen_of(tab)] = where.split("/");
      enter(tab, view, options);
      show(tab, view);
      button_of(tab)?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    },
    shade: () => {
      shade = document.body.classList.toggle("dark") ? "dark" : "light";
      address("__theme", shade);
    },
    // Makes an element: make("p", {class: "note"}, "text", child, ...)
    make: (tag, attributes = {}, ...children) => {
      // these live in a namespace of their own
      const svg = ["svg", "g", "line", "path", "polyline"].includes(tag);
      const element = svg
        ? document.createElementNS("http://www.w3.org/2000/svg", tag)
        : document.createElement(tag);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.append(...children);
      return element;
    },
    visible: (text) =>
      // blanks as marks that can be seen
      text?.replace(/[ \n\t]/g, (blank) => ({ " ": "␣", "\n": "↵", "\t": "⇥" })[blank]),
    still: () => attempt(() => matchMedia("(prefers-reduced-motion: reduce)").matches, false),
    number: (value, digits) =>
      value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  };
})();
