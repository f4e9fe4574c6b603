// A conversation: the visitor's bubbles right, the model's left.

/** A message. @typedef {{role: "system" | "user" | "assistant", content: string}} Message */
/** What chat.py's chat() makes.
 * @typedef {object} Value
 * @property {string} repo
 * @property {Message[]} messages
 * @property {boolean} finished
 * @property {number} [tokens] of the answer
 * @property {number | null} [speed] in tokens a second
 */
/** Its box: the answer was stopped.
 * @typedef {HTMLElement & {rest?(): void}} Box
 */

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  /** @type {Box} */
  const root = element.querySelector(".drawing");
  root.className = "drawing chat";
  const page = make("div", {
    class: "talk",
    role: "log",
    "aria-label": say(words.log),
    tabindex: "0",
  });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  root.append(page, caption);
  let resting = false;

  function bubble(/** @type {Message} */ { role, content }, model, is_written) {
    const mine = role === "user";
    return make(
      "div",
      { class: `bubble ${mine ? "data" : "generated"}`, "data-role": role },
      make("b", {}, mine ? say(words.you) : model),
      make(
        "p",
        { translate: "no" },
        content,
        ...(is_written ? [make("span", { class: "caret" }, "▍")] : []),
      ),
    );
  }
  function draw() {
    const value = props.value,
      messages = value?.messages ?? [],
      writing = Boolean(value?.repo) && !value.finished && !resting;
    const model = (value?.repo ?? "").split("/").at(-1);
    const bubbles = messages.map((message, i) =>
      bubble(message, model, writing && i === messages.length - 1),
    );
    const empty = make("p", { class: "hint" }, say(words.empty));
    page.replaceChildren(...(bubbles.length ? bubbles : [empty]));
    const summary = value?.tokens
      ? say(words.told, { tokens: value.tokens, speed: number(value.speed ?? 0, 1) })
      : "";
    caption.textContent = writing && !value.tokens ? say(words.opening) : summary;
    page.scrollTop = page.scrollHeight;
  }
  root.rest = () => {
    resting = true;
    draw();
  };
  watch("value", () => {
    resting = false;
    draw();
  });
  draw();
}
