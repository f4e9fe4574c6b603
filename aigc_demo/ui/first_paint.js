// What a visitor sees while Gradio builds the page: its header, its tabs and its first drawing,
// made from the page's own description at the top of <body>. It goes when the drawing in the page
// shows as much; what was pressed until then is pressed then.
(async (name) => {
  const { make, say, asked, enter, language, shown } = window.aigc;
  const { components, css, i18n_translations, theme_hash } = window.gradio_config;
  const described = (id) => components.find(({ props }) => props.elem_id === id).props;
  const drawing = described(name);
  const tabs = components
    .filter(({ type, props }) => type === "tabitem" && props.elem_id?.startsWith("tab-"))
    .map(({ props }) => props.id);
  const [first] = tabs;
  const views = Object.entries(described(`${first}-views`).props.words);
  const [[opened]] = views;
  const here = () => [null, first].includes(asked("tab")) && [null, opened].includes(asked("view"));
  if (!here()) return;

  // --- The same boxes as in the page, see style.css ---
  const texts = i18n_translations[{ en: "en", zh: "zh-CN" }[language]];
  const button = (at, open, text) => {
    const made = make("button", { type: "button", role: "tab", "aria-selected": at === 0 }, text);
    made.addEventListener("click", open);
    return made;
  };
  const to_tab = (tab, at) => button(at, () => enter(tab, null), texts[`${tab}.tab`]);
  const to_view = ([view, text], at) => button(at, () => enter(first, view), say(text));
  const header = make(
    "div",
    { class: "prose gradio-style" },
    document.getElementById("first-header").content,
  );
  for (const each of header.querySelectorAll("[id]")) {
    each.dataset.id = each.id;
    each.removeAttribute("id"); // the page's own has it
  }
  const sheet = make("div", { class: "drawing" });
  const style = `${css.replace(/#(masthead|tabs)\b/g, '[data-id="$1"]')} .first-paint .html-container { ${drawing.css_template} }`;
  const box = (kind, ...children) => make("div", { class: kind }, ...children);
  const body = make(
    "div",
    { "data-id": "tabs" },
    box("tab-container", ...tabs.map(to_tab)),
    box("views", box("row", ...views.map(to_view))),
    box("html-container", box("prose gradio-style", sheet)),
  );
  const layer = box("first-paint", box("gradio-container", make("style", {}, style), header, body));
  layer.setAttribute("aria-hidden", "true"); // who hears the page hears it once
  const shade =
    asked("__theme") ?? (window.matchMedia?.("(prefers-color-scheme: dark)").matches && "dark");
  if (shade === "dark") document.body.classList.add("dark");
  document.body.prepend(
    make("link", { rel: "stylesheet", href: `./theme.css?v=${theme_hash}` }),
    layer,
  );

  // --- The drawing draws itself, as in the page, whenever there is more of its value ---
  const props = { ...drawing.props, value: null };
  const draws = [];
  const [, script] = drawing.js_on_load.match(/open\("(.*?)"/);
  const watch = (_, draw) => draws.push(draw);
  const mounted = import(script).then(({ default: mount }) => {
    mount({
      element: sheet.parentElement,
      trigger: () => {},
      props,
      server: {},
      upload: null,
      watch,
    });
    for (const each of layer.querySelectorAll("button, summary")) each.tabIndex = -1;
  });

  // --- What is pressed: what leads elsewhere is in the address already; else the button at the
  // same place ---
  const buttons = (container) => [...(container?.querySelectorAll("button") ?? [])];
  let press = null;
  layer.addEventListener(
    "click",
    (event) => {
      const target = event.target.closest("button");
      const [mine, theirs] = header.contains(target) ? [header, "masthead"] : [sheet, name];
      const at = buttons(mine).indexOf(target);
      if (at < 0 || target.dataset.place) return;
      press = () => buttons(document.getElementById(theirs))[at]?.click();
      event.stopPropagation();
    },
    { capture: true },
  );

  // --- Until the page itself shows as much ---
  const PATIENCE = 20_000; // milliseconds after the page is there
  const FADE = 600; // in which a drawing's pictures appear
  const waits = (container) => container.querySelectorAll(".waking").length;
  let since = null;
  const timer = setInterval(() => {
    const real = document.getElementById(name);
    if (!real && !document.getElementById("tabs")) return;
    since ??= performance.now();
    const leaves = !here() || press || performance.now() - since > PATIENCE;
    if (!leaves && !(real && shown(real) && waits(real) <= waits(sheet))) return;
    clearInterval(timer);
    setTimeout(
      () => {
        layer.remove();
        press?.();
      },
      leaves ? 0 : FADE,
    );
  }, 50);

  await mounted;
  const reader = (await fetch("./first-paint")).body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + decoder.decode(read.value, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      props.value = JSON.parse(line);
      for (const draw of draws) draw();
    }
  }
})("DRAWING").catch(() => document.querySelector(".first-paint")?.remove()); // the page itself comes all the same
