// Rows of digits that can be put on a pad.

/**
 * What digits.py's `choices` returns: rows of ten pictures, 0 to 9, each a PNG data URI, and who
 * made them, the key of a text.
 * @typedef {{ rows: { kind: string, pictures: string[] }[] }} Choices
 */

/** @param {Given<Choices>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const { words, pad } = props;
  /** @type {HTMLElement} */
  const root = element.querySelector(".drawing");
  root.className = "drawing choice";

  function put(picture) {
    /** @type {HTMLElement & { put(picture: string): void }} */
    const drawing = document.querySelector(`${pad} .drawing`);
    drawing.put(picture);
  }
  function button(picture, digit) {
    const made = make(
      "button",
      { type: "button", "aria-label": say(words.choice, { digit }) },
      make("img", { src: picture, alt: "", class: "picture ink" }),
    );
    made.addEventListener("click", () => put(picture));
    return made;
  }
  const draw = () => {
    if (!props.value?.rows) return;
    const rows = props.value.rows.flatMap(({ kind, pictures }) => {
      const look = { class: "row", role: "group", "aria-label": say(words[kind]) };
      return [
        make("div", look, ...pictures.map(button)),
        make("p", { class: "kind" }, say(words[kind])),
      ];
    });
    root.replaceChildren(make("p", { class: "title" }, say(words.choose)), ...rows);
  };
  watch("value", draw);
  draw();
}
