// Rows of digits that can be put on a pad. value: see digits.py's choices.

export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const root = element.querySelector(".drawing");
  root.className = "drawing choice";
  const draw = () => {
    if (!props.value?.rows) return;
    root.replaceChildren(
      make("p", { class: "title" }, say(props.words.choose)),
      ...props.value.rows.flatMap(({ kind, pictures }) => [
        make(
          "div",
          { class: "row", role: "group", "aria-label": say(props.words[kind]) },
          ...pictures.map((picture, digit) => {
            const button = make(
              "button",
              { type: "button", "aria-label": say(props.words.choice, { digit }) },
              make("img", { src: picture, alt: "", class: "picture ink" }),
            );
            button.addEventListener("click", () =>
              document.querySelector(`${props.pad} .drawing`).put(picture),
            );
            return button;
          }),
        ),
        make("p", { class: "kind" }, say(props.words[kind])),
      ]),
    );
  };
  watch("value", draw);
  draw();
}
