// The text of a step, a button for each character, of which one is chosen.

/**
 * The row of characters; choose(t) is called when one is clicked.
 * @param {Words} words
 * @param {(t: number) => void} choose
 */
export function batch_row(words, choose) {
  const { make, say, visible } = window.aigc;
  const element = make("div", { class: "batch", role: "group", "aria-label": say(words.batch) });
  /** @type {HTMLButtonElement[]} */
  let buttons = [];

  /** @param {string[]} text */
  function show(text) {
    buttons = text.map((character, at) => {
      const button = make(
        "button",
        { type: "button", "aria-label": `${at + 1}: ${visible(character)}` },
        visible(character),
      );
      button.disabled = at === text.length - 1; // it is only to be predicted
      button.addEventListener("click", () => choose(at));
      return button;
    });
    element.replaceChildren(...buttons);
  }
  /**
   * Marks the chosen character and, where it is predicted from there, the next one.
   * @param {number} t
   * @param {boolean} predicts
   */
  function mark(t, predicts) {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-pressed", String(at === t));
      button.tabIndex = at === t ? 0 : -1;
      button.classList.toggle("target", at === t + 1 && predicts);
    });
  }
  return { element, show, mark };
}
