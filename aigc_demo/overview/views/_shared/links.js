// Links to other places of the app.

/**
 * Make what leads to a place, "gan/pictures", of an element. It leads there only where the page has
 * its tab: else it can be read, not pressed.
 * @param {HTMLElement} element
 * @param {string} place
 * @returns {HTMLElement}
 */
export function link_to(element, place) {
  const { make, has, visit } = window.aigc;
  if (!has(place.split("/")[0])) return element;
  const own = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    link = { ...own, type: "button", "data-place": place };
  const button = make("button", link, ...element.childNodes);
  button.addEventListener("click", () => visit(place));
  return button;
}
