// What leads to another place of the app, "gan/pictures", and leads there only where the page has
// its tab: else it can be read, not pressed.
export function leads(element, place) {
  const { make, has, visit } = window.aigc;
  const own = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  const opened = make(
    "button",
    { ...own, type: "button", "data-place": place },
    ...element.childNodes,
  );
  opened.addEventListener("click", () => visit(place));
  const tab = place.split("/")[0];
  if (has(tab)) return opened;
  element.append(...opened.childNodes);
  return element;
}
