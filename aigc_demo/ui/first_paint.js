// What a visitor sees while Gradio builds the page: its header, its tabs and its first drawing,
// made from the page's own description at the top of <body>. It goes when the drawing in the page
// shows as much; what was pressed until then is pressed then.
(() => {
  const { make, say, asked, enter, language, shown } = window.aigc;
  const { components, css, i18n_translations, theme_hash } = window.gradio_config;
  const PATIENCE = 20_000; // milliseconds after the page is there
  const FADE = 600; // milliseconds in which a drawing's pictures appear

  const described = (id) => components.find(({ props }) => props.elem_id === id).props;
  const buttons = (container) => [...(container?.querySelectorAll("button") ?? [])];
  const waits = (container) => container.querySelectorAll(".waking").length;
  // a drawing's module comes after its box
  const is_drawn = (id) => document.querySelector(`#${id} .drawing[data-drawn]`) !== null;

  // --- The same boxes as in the page, see style.css ---
  const box = (kind, ...children) => make("div", { class: kind }, ...children);
  function header_of_page() {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("first-header"));
    const header = make("div", { class: "prose gradio-style" }, template.content);
    for (const each of header.querySelectorAll("[id]")) {
      each.setAttribute("data-id", each.id);
      each.removeAttribute("id"); // the page's own has it
    }
    return header;
  }
  /** The rows of tabs and of the first tab's views; what is pressed leads there by the address. */
  function rows(tabs, views) {
    const texts = i18n_translations[{ en: "en", zh: "zh-CN" }[language]];
    const button = (at, open, text) => {
      const made = make("button", { type: "button", role: "tab", "aria-selected": at === 0 }, text);
      made.addEventListener("click", open);
      return made;
    };
    const to_tab = (tab, at) => button(at, () => enter(tab, null), texts[`${tab}.tab`]);
    const to_view = ([view, text], at) => button(at, () => enter(tabs[0], view), say(text));
    return [
      box("tab-container", ...tabs.map(to_tab)),
      box("views", box("row", ...views.map(to_view))),
    ];
  }
  function style_of(drawing) {
    const page = css.replace(/#(masthead|tabs)\b/g, '[data-id="$1"]');
    return make("style", {}, `${page} .first-paint .html-container { ${drawing.css_template} }`);
  }
  function take_shade() {
    const dark = () => window.matchMedia?.("(prefers-color-scheme: dark)").matches && "dark";
    if ((asked("__theme") ?? dark()) === "dark") document.body.classList.add("dark");
  }

  /** Let the drawing draw itself, as in the page; return what shows more of its value. */
  async function draw_in(sheet, drawing) {
    const props = { ...drawing.props, value: null };
    const draws = [];
    const [, script] = drawing.js_on_load.match(/open\("(.*?)"/);
    const { default: mount } = await import(script);
    mount({
      element: sheet.parentElement,
      trigger: () => {},
      props,
      server: {},
      upload: null,
      watch: (_, draw) => draws.push(draw),
    });
    return (value) => {
      props.value = value;
      for (const draw of draws) draw();
    };
  }
  /** Hand on each line of JSON as it comes. */
  async function read_values(show) {
    const reader = (await fetch("./first-paint")).body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + decoder.decode(read.value, { stream: true })).split("\n");
      rest = lines.pop();
      for (const line of lines) show(JSON.parse(line));
    }
  }
  /** Note what is pressed: what leads elsewhere is in the address already; else the button at the
   * same place of the page. Return what finds that one; null while nothing was pressed. */
  function note_presses(layer, { header, sheet, name }) {
    let find = null;
    const note = (event) => {
      const target = event.target.closest("button");
      const [mine, theirs] = header.contains(target) ? [header, "masthead"] : [sheet, name];
      const at = buttons(mine).indexOf(target);
      if (at < 0 || target.dataset.place) return;
      find = () => buttons(document.getElementById(theirs))[at];
      event.stopPropagation();
    };
    layer.addEventListener("click", note, { capture: true });
    return () => find;
  }
  /** Take the layer away when the page itself shows as much, or takes what was pressed. */
  function leave_when_ready(layer, { name, sheet, here, pressed }) {
    let since = null;
    const timer = setInterval(() => {
      const real = document.getElementById(name);
      if (!real && !document.getElementById("tabs")) return;
      since ??= performance.now();
      const late = performance.now() - since > PATIENCE;
      const takes_press = is_drawn(name) && pressed()?.();
      const shows = is_drawn(name) && shown(real) && waits(real) <= waits(sheet) && !pressed();
      if (here() && !late && !takes_press && !shows) return;
      clearInterval(timer);
      const leave = () => {
        layer.remove();
        pressed()?.()?.click();
      };
      setTimeout(leave, here() && shows ? FADE : 0);
    }, 50);
  }

  async function paint(name) {
    const drawing = described(name);
    const tabs = components
      .filter(({ type, props }) => type === "tabitem" && props.elem_id?.startsWith("tab-"))
      .map(({ props }) => props.id);
    const views = Object.entries(described(`${tabs[0]}-views`).props.words);
    const is_first = (key, first) => [null, first].includes(asked(key));
    const here = () => is_first("tab", tabs[0]) && is_first("view", views[0][0]);
    if (!here()) return;

    const header = header_of_page();
    const sheet = box("drawing");
    const body = make(
      "div",
      { "data-id": "tabs" },
      ...rows(tabs, views),
      box("html-container", box("prose gradio-style", sheet)),
    );
    const layer = box("first-paint", box("gradio-container", style_of(drawing), header, body));
    layer.setAttribute("aria-hidden", "true"); // who hears the page hears it once
    take_shade();
    const theme = make("link", { rel: "stylesheet", href: `./theme.css?v=${theme_hash}` });
    document.body.prepend(theme, layer);

    const mounted = draw_in(sheet, drawing);
    const pressed = note_presses(layer, { header, sheet, name });
    leave_when_ready(layer, { name, sheet, here, pressed });
    const show = await mounted;
    for (const each of layer.querySelectorAll("button, summary"))
      each.setAttribute("tabindex", "-1");
    await read_values(show);
  }
  // the page itself comes all the same
  paint("DRAWING").catch(() => document.querySelector(".first-paint")?.remove());
})();
