// A conversation: the visitor's bubbles right, the model's left. value: see hub_chat.py's `chat`.

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
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

  function draw() {
    const value = props.value,
      messages = value?.messages ?? [],
      writing = Boolean(value?.repo) && !value.finished && !resting;
    const bubbles = messages.map(({ role, content }, i) => {
      const last = writing && i === messages.length - 1;
      return make(
        "div",
        { class: `bubble ${role === "user" ? "data" : "generated"}`, "data-role": role },
        make("b", {}, role === "user" ? say(words.you) : (value.repo ?? "").split("/").at(-1)),
        make(
          "p",
          { translate: "no" },
          content,
          ...(last ? [make("span", { class: "caret" }, "▍")] : []),
        ),
      );
    });
    page.replaceChildren(
      ...(bubbles.length ? bubbles : [make("p", { class: "hint" }, say(words.empty))]),
    );
    const told = value?.tokens
      ? say(words.told, { tokens: value.tokens, speed: number(value.speed ?? 0, 1) })
      : "";
    caption.textContent = writing && !value.tokens ? say(words.opening) : told;
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
