// A procedure in numbered stages, one of which is seen; back, next and the arrow keys step.
// stepper(names, words, {before, draw, arrow}): `before` stands above the panel, draw(name) gives
// what the panel shows, arrow(by, event) may take an arrow key for itself. Returns what is to be
// put on the stage, and what may be changed.
export function stepper(names, words, { before, draw, arrow = () => false }) {
  const { make, say } = window.aigc;
  let at = 0;
  const pills = names.map((name, index) => {
    const pill = make(
      "button",
      { type: "button" },
      make("b", {}, `${index + 1}`),
      make("span", {}, say(words[name])),
    );
    pill.addEventListener("click", () => go(index));
    return pill;
  });
  const row = make(
    "ol",
    { class: "stepper", "aria-label": say(words.stepper) },
    ...pills.map((pill) => make("li", {}, pill)),
  );
  const title = make("h3"),
    about = make("p", { class: "about" }),
    body = make("div", { class: "body" }),
    said = make("p", { class: "said", "aria-live": "polite" });
  const back = make("button", { type: "button", class: "back" }, `‹ ${say(words.back)}`),
    next = make("button", { type: "button", class: "next" }, `${say(words.next)} ›`);
  const panel = make(
    "section",
    { class: "panel", tabindex: "0" },
    make("header", {}, title, make("div", { class: "turn" }, back, next), about),
    body,
    said,
  );
  const frame = make("div", { class: "frame" }, row, ...(before ? [before] : []), panel);
  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  frame.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || ["SELECT", "INPUT"].includes(event.target.tagName)) return;
    event.preventDefault();
    if (!arrow(by, event)) go(at + by, row.contains(event.target));
  });
  function go(to, follow = false) {
    at = Math.max(0, Math.min(names.length - 1, to));
    if (follow) pills[at].focus();
    show();
  }
  function show() {
    const name = names[at];
    pills.forEach((pill, index) => {
      if (index === at) pill.setAttribute("aria-current", "step");
      else pill.removeAttribute("aria-current");
      pill.classList.toggle("done", index < at);
    });
    [back.disabled, next.disabled] = [at === 0, at === names.length - 1];
    title.replaceChildren(make("b", {}, `${at + 1}`), say(words[name]));
    about.textContent = say(words[`${name}_about`]);
    panel.className = `panel ${name}`;
    body.replaceChildren(...draw(name, at));
  }
  return { frame, body, said, show };
}
// A formula in HTML: letters are italic, _{} and ^{} stand low and high, |data:...| takes a colour;
// parts that are elements stay.
export function formula(...parts) {
  return window.aigc.make(
    "p",
    { class: "formula", translate: "no" },
    ...parts.flatMap((part) => (typeof part === "string" ? typeset(part) : [part])),
  );
}
export function typeset(text) {
  const { make } = window.aigc;
  return text
    .split(/(\|\w+:[^|]+\||[_^]\{[^}]*\}|[A-Za-zα-ωÊĝηθℓᾱ]+)/u)
    .filter(Boolean)
    .map((part) => {
      const toned = part.match(/^\|(\w+):([^|]+)\|$/),
        script = part.match(/^([_^])\{(.*)\}$/);
      if (toned) return make("span", { class: `tone-${toned[1]}` }, ...typeset(toned[2]));
      if (script) return make(script[1] === "_" ? "sub" : "sup", {}, ...typeset(script[2]));
      if (part === "ᾱ") return make("i", { class: "barred" }, "α");
      return /^(sin|cos|softmax|ln|exp|min|feed|forward|nats)$/.test(part) ||
        !/^[A-Za-zα-ωĝηθℓᾱ]/u.test(part)
        ? part
        : make("i", {}, part);
    });
}
