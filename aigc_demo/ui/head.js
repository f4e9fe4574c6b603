// First in <head>, before Gradio starts: the language is settled here, so every later question gets
// one answer. What a browser lacks or refuses costs the step that needs it, never the page: each
// such step stands in an attempt.
(() => {
  function attempt(act, otherwise = null) {
    try {
      return act();
    } catch {
      return otherwise;
    }
  }

  function page_address() {
    // The address, kept here: in a frame without one of its own the browser does not keep it.
    let here = new URL("about:blank");
    const reread = () => {
      here = attempt(() => new URL(location.href)) ?? here;
    };
    reread();
    const asked = (key) => here.searchParams.get(key);
    const changed = (changes) => {
      const url = new URL(here);
      for (const [key, value] of Object.entries(changes)) {
        if (value === null || value === undefined) url.searchParams.delete(key);
        else url.searchParams.set(key, value);
      }
      return url;
    };
    const write = (how, changes) => {
      here = changed(changes);
      attempt(() => history[how](null, "", here));
    };
    const address = (key, value) => write("replaceState", { [key]: value });
    const speak = (language) => {
      location.href = changed({ lang: language }).href;
    };
    return { asked, address, write, reread, speak };
  }

  function page_language({ asked, address }) {
    const locales = { en: "en", zh: "zh-CN" }; // names that Gradio has tables of its own for
    // The known language of a tag: of "zh-Hant-TW" the first part; null for any other.
    const understood = (tag) => {
      const [primary] = String(tag ?? "")
        .trim()
        .split(/[-_]/);
      return Object.keys(locales).find((each) => each === primary.toLowerCase()) ?? null;
    };
    // What the address asks for, else the last one here, else the browser's.
    const remembered = attempt(() => localStorage.getItem("aigc-language"));
    const liked = attempt(() => [...(navigator.languages ?? []), navigator.language], []);
    const wanted = [asked("lang"), remembered, ...liked].map(understood).find(Boolean);
    /** @type {"en" | "zh"} */
    const language = wanted === "zh" ? "zh" : "en";
    answer_with(locales[language]);
    document.documentElement.lang = locales[language];
    document.documentElement.dataset.language = language;
    // in a private window the address keeps it
    attempt(() => localStorage.setItem("aigc-language", language));
    if (!asked("lang")) address("lang", language);
    // Once the visitor was told that the language which was asked for is not understood.
    const settle = () => {
      if (understood(asked("lang")) !== language) address("lang", language);
    };
    return { language, settle };
  }

  function answer_with(locale) {
    // Let the browser answer with the page's language. A navigator that lets nobody change it is
    // replaced; where not even that is allowed, Gradio's labels follow the browser.
    const answers = { language: locale, languages: [locale] };
    for (const [name, answer] of Object.entries(answers))
      attempt(() =>
        Object.defineProperty(navigator, name, { get: () => answer, configurable: true }),
      );
    if (navigator.language === locale) return;
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

  // --- What older browsers lack ---
  function shown(element) {
    if (element.checkVisibility) return element.checkVisibility();
    return element.getClientRects().length > 0;
  }
  function resized(element, then) {
    // Call `then` when `element` has changed its size, and once at first; return what ends it.
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
  }

  // --- Tabs and their views: the address follows what is open, an entry of the history each ---
  const button_of = (tab) => document.getElementById(`tab-${tab}-button`);
  const name_of = (button) => button?.id.slice("tab-".length, -"-button".length);
  // none while the tab was never open
  const views_of = (tab) => [
    .../** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll(`#${tab}-views [data-view]`)
    ),
  ];
  // what was pressed may be the document itself
  const around = ({ target }, selector) => target.closest?.(selector) ?? null;

  function page_places({ asked, address, write, reread }) {
    // also before the page is built
    const has = (tab) =>
      button_of(tab) !== null ||
      window.gradio_config.components.some(
        ({ type, props }) => type === "tabitem" && props.elem_id === `tab-${tab}`,
      );
    const chosen_of = (tab) => {
      const selected = (button) => button.getAttribute("aria-selected") === "true";
      return views_of(tab).find(selected)?.dataset.view ?? null;
    };
    const place = () => {
      const first = () => name_of(document.querySelector("[role=tab][id^=tab-]"));
      const tab = has(asked("tab")) ? asked("tab") : first();
      const names = views_of(tab).map((button) => button.dataset.view),
        view = asked("view");
      return { tab, view: names.length && !names.includes(view) ? names[0] : view };
    };
    // Write a place into the address: in a new entry, unless it is the place where one is.
    const enter = (tab, view, { replace = false, ...others } = {}) => {
      const now = place(),
        told = Object.entries(others).every(([key, value]) => asked(key) === String(value)),
        same = now.tab === tab && now.view === view && told;
      write(replace || same ? "replaceState" : "pushState", { tab, view, ...others });
    };
    const show = (tab, view) => {
      button_of(tab)?.click();
      // which a tab that is opened for the first time reads in the address
      if (view) document.getElementById(`${tab}-${view}-view`)?.click();
    };
    // Open a tab, "tab", or a view of one, "tab/view", as a click on both would. options:
    // {replace, and what else the address is to tell}.
    const visit = (where, options = {}) => {
      const [tab, view = chosen_of(tab)] = where.split("/");
      enter(tab, view, options);
      show(tab, view);
      button_of(tab)?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    };
    // Call `then` once, when the tab that holds `element` is open: Gradio shows the first tab for a
    // moment, whatever the address asks for.
    const seen = (element, then) => {
      const tab = element.closest("[role=tabpanel][id^=tab-]"),
        wanted = asked("tab");
      if (!tab || !has(wanted) || tab.id === `tab-${wanted}`) return then();
      const stop = resized(tab, () => {
        if (!shown(tab) || asked("tab") === wanted) return;
        stop();
        then();
      });
    };
    let chosen = null; // dark or light, when a visitor has chosen: it holds in all entries
    const shade = () => {
      chosen = document.body.classList.toggle("dark") ? "dark" : "light";
      address("__theme", chosen);
    };
    document.addEventListener("click", (event) => {
      const tab = name_of(around(event, "[role=tab][id^=tab-]"));
      if (tab && tab !== place().tab) enter(tab, chosen_of(tab));
    });
    addEventListener("popstate", () => {
      reread();
      if (chosen) address("__theme", chosen);
      const { tab, view } = place();
      show(tab, view);
    });
    return { enter, place, has, open: () => button_of(asked("tab"))?.click(), seen, visit, shade };
  }

  function tell_fold(event) {
    // What Gradio folds does not say whether it is open.
    const fold = around(event, "button.label-wrap");
    if (!fold) return;
    const tell = () => fold.setAttribute("aria-expanded", fold.classList.contains("open"));
    requestAnimationFrame(tell);
  }
  for (const kind of ["focusin", "click"]) document.addEventListener(kind, tell_fold);

  // --- What all scripts use ---
  function make(tag, attributes = {}, ...children) {
    // Make an element: make("p", {class: "note"}, "text", child, ...)
    // these live in a namespace of their own
    const svg = ["svg", "g", "line", "path", "polyline"].includes(tag);
    const element = svg
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  function page_texts(language) {
    // A text in the page's language, its {fields} filled with `values`.
    const say = (both, values = {}) => {
      const text = both && typeof both === "object" ? both[language] : both;
      const fill = (blank, name) => String(values[name] ?? blank);
      return String(text ?? "").replace(/\{(\w+)\}/g, fill);
    };
    const marks = { " ": "␣", "\n": "↵", "\t": "⇥" }; // blanks as marks that can be seen
    const visible = (text) => text?.replace(/[ \n\t]/g, (blank) => marks[blank]);
    const number = (value, digits) =>
      value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return { say, visible, number };
  }
  const { asked, address, write, reread, speak } = page_address();
  const { language, settle } = page_language({ asked, address });
  window.aigc = {
    language,
    words: {}, // the page puts them in
    // The glossary's panel: its module comes when it is first asked for, or when the page is there.
    glossary: {
      open: () => import("aigc/ui/glossary.js").then(({ open }) => open()),
      arrive: () => import("aigc/ui/glossary.js").then(({ arrive }) => arrive()),
    },
    // The box of a drawing, once its script has drawn: what an event calls on it is there then.
    drawn: (place) =>
      new Promise((resolve) => {
        const look = () => {
          const box = document.querySelector(`${place} .drawing[data-drawn]`);
          if (box) resolve(box);
          else setTimeout(look, 50);
        };
        look();
      }),
    // The guided tour, until its own script is there: that one sees that it is wanted.
    tour: () => {
      window.aigc.wants_tour = true;
    },
    wants_tour: false,
    asked,
    address,
    speak,
    settle,
    shown,
    resized,
    make,
    still: () => attempt(() => matchMedia("(prefers-reduced-motion: reduce)").matches, false),
    ...page_texts(language),
    ...page_places({ asked, address, write, reread }),
  };
})();
