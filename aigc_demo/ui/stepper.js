// A procedure in numbered stages, one of which is seen; back, next and the arrow keys step. And the
// formulas of its stages.

/** A key that was pressed in the frame. @typedef {KeyboardEvent & {target: HTMLElement}} Key */
/** What a procedure's stages show.
 * @typedef {object} Stages
 * @property {HTMLElement} [before] stands above the panel
 * @property {(name: string, at: number) => (Node | string)[]} draw gives what the panel shows
 * @property {(by: number, event: Key) => boolean} [arrow] may take an arrow key
 */

/** The row of numbered buttons above the panel: `go` is called with the number of one, from 0. */
function numbered(names, words, go) {
  const { make, say } = window.aigc;
  const buttons = names.map((name, index) => {
    const button = make(
      "button",
      { type: "button" },
      make("b", {}, `${index + 1}`),
      make("span", {}, say(words[name])),
    );
    button.addEventListener("click", () => go(index));
    return button;
  });
  const row = make(
    "ol",
    { class: "stepper", "aria-label": say(words.stepper) },
    ...buttons.map((button) => make("li", {}, button)),
  );
  const mark = (at) => {
    for (const [index, button] of buttons.entries()) {
      if (index === at) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      button.classList.toggle("done", index < at);
    }
  };
  return { row, buttons, mark };
}

/**
 * Return what is to be put on the stage, and what may be changed.
 * @param {string[]} names of the stages: words[name] is a stage's title, words[name_about] its text
 * @param {Words} words
 * @param {Stages} stages
 */
export function stepper(names, words, { before, draw, arrow = () => false }) {
  const { make, say } = window.aigc;
  let at = 0;
  const { row, buttons, mark } = numbered(names, words, go);
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
    const key = /** @type {Key} */ (event);
    if (!by || ["SELECT", "INPUT"].includes(key.target.tagName)) return;
    event.preventDefault();
    if (!arrow(by, key)) go(at + by, row.contains(key.target));
  });

  function go(to, focus = false) {
    at = Math.max(0, Math.min(names.length - 1, to));
    if (focus) buttons[at].focus();
    show();
  }
  function show() {
    const name = names[at];
    mark(at);
    [back.disabled, next.disabled] = [at === 0, at === names.length - 1];
    title.replaceChildren(make("b", {}, `${at + 1}`), say(words[name]));
    about.textContent = say(words[`${name}_about`]);
    panel.className = `panel ${name}`;
    body.replaceChildren(...draw(name, at));
  }
  return { frame, body, said, show };
}

/**
 * Return a formula in HTML.
 * @param {...(string | Node)} parts texts for typeset(); elements stay
 */
export function formula(...parts) {
  return window.aigc.make(
    "p",
    { class: "formula", translate: "no" },
    ...parts.flatMap((part) => (typeof part === "string" ? typeset(part) : [part])),
  );
}

const PIECE = /(\|\w+:[^|]+\||[_^]\{[^}]*\}|[A-Za-zα-ωÊĝηθℓᾱ]+)/u;
const UPRIGHT = /^(sin|cos|softmax|ln|exp|min|feed|forward|nats)$/;
const LETTERS = /^[A-Za-zα-ωĝηθℓᾱ]/u;

/**
 * Return a formula's nodes: letters are italic, _{} and ^{} stand low and high, |data:...| takes a
 * colour.
 * @param {string} text
 * @returns {(string | Node)[]}
 */
export function typeset(text) {
  const { make } = window.aigc;
  return text
    .split(PIECE)
    .filter(Boolean)
    .map((part) => {
      const toned = part.match(/^\|(\w+):([^|]+)\|$/),
        script = part.match(/^([_^])\{(.*)\}$/);
      if (toned) return make("span", { class: `tone-${toned[1]}` }, ...typeset(toned[2]));
      if (script) return make(script[1] === "_" ? "sub" : "sup", {}, ...typeset(script[2]));
      if (part === "ᾱ") return make("i", { class: "barred" }, "α");
      return UPRIGHT.test(part) || !LETTERS.test(part) ? part : make("i", {}, part);
    });
}
