// The buttons of a tab's views. The address follows what is chosen.

/** @param {Given<string>} given the value: the name of the view that is seen */
export default function mount({ element, trigger, props }) {
  const { make, say } = window.aigc;
  const root = element.querySelector(".drawing");
  root.className = "drawing";
  const row = make("div", {
    class: "row",
    role: "tablist",
    "aria-labelledby": `tab-${props.family}-button`,
  });
  const heading = make("h2", { class: "only-heard" });
  root.append(row, heading);
  const names = Object.keys(props.words);
  const buttons = names.map((name) => {
    const attributes = {
      type: "button",
      role: "tab",
      "data-view": name,
      id: `${props.family}-${name}-view`,
      "aria-controls": `view-${props.family}-${name}`,
    };
    const button = make("button", attributes, say(props.words[name]));
    button.addEventListener("click", () => visit(name));
    return button;
  });
  row.append(...buttons);
  row.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const pressed = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const next = (pressed + by + names.length) % names.length;
    buttons[next].focus();
    visit(names[next]);
  });

  function visit(name) {
    window.aigc.enter(props.family, name);
    choose(name);
  }
  function choose(name) {
    for (const [i, button] of buttons.entries()) {
      button.setAttribute("aria-selected", String(names[i] === name));
      button.tabIndex = names[i] === name ? 0 : -1;
    }
    heading.textContent = say(props.words[name]);
    if (props.value === name) return;
    props.value = name;
    trigger("change");
  }
  const { tab, view } = window.aigc.place();
  choose(tab === props.family && names.includes(view) ? view : names[0]);
}
