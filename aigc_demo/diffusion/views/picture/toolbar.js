// What stands under the canvas: colours, a field for an emoji, and the buttons.

const COLOURS = [
  "#ffcc22",
  "#ff8a1e",
  "#e5342f",
  "#f06fb0",
  "#8e5bd0",
  "#3d8bfd",
  "#35a853",
  "#8a5a34",
  "#222222",
  "#ffffff",
];
export const FIRST_COLOUR = COLOURS[0];
const FIRST_EMOJI = "🍎";

/**
 * @param {Words} words
 * @param {(colour: string) => void} choose
 */
function swatches(words, choose) {
  const { make, say } = window.aigc;
  const buttons = COLOURS.map((colour, i) => {
    const swatch = make("button", {
      type: "button",
      style: `background: ${colour}`,
      "aria-label": `${say(words.colour)} ${i + 1}`,
      "aria-pressed": i === 0,
    });
    swatch.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === swatch));
      choose(colour);
    });
    return swatch;
  });
  return make(
    "div",
    { class: "swatches", role: "group", "aria-label": say(words.colour) },
    ...buttons,
  );
}

/**
 * Draw the tools.
 * @param {Words} words
 * @param {object} actions
 * @param {(tool: "draw" | "erase") => void} actions.choose
 * @param {(colour: string) => void} actions.colour
 * @param {() => void} actions.restore
 * @param {() => void} actions.put puts the emoji that is typed
 * @param {() => void} actions.take takes the last result
 * @param {() => void} actions.open
 * @param {() => void} actions.clear
 */
export function toolbar(words, actions) {
  const { make, say } = window.aigc;
  const button = (word, act) => {
    const made = make("button", { type: "button", class: word }, say(words[word]));
    made.addEventListener("click", act);
    return made;
  };
  const draw = button("draw", () => actions.choose("draw")),
    erase = button("erase", () => actions.choose("erase"));
  const typed = make("input", {
    type: "text",
    value: FIRST_EMOJI,
    maxlength: 20,
    "aria-label": say(words.emoji),
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") actions.put();
  });
  const tools = make(
    "div",
    { class: "tools" },
    draw,
    erase,
    button("restore", actions.restore),
    button("take", actions.take),
    button("open", actions.open),
    button("clear", actions.clear),
  );
  return {
    elements: [
      swatches(words, actions.colour),
      make("div", { class: "letters" }, typed, button("put", actions.put)),
      tools,
    ],
    /** The text in the field for an emoji. */
    typed: () => typed.value,
    /** @param {"draw" | "erase"} tool */
    show(tool) {
      draw.setAttribute("aria-pressed", String(tool === "draw"));
      erase.setAttribute("aria-pressed", String(tool === "erase"));
    },
  };
}
