/**
 * A stroke on `element`: of the pointer that began it, with its main button, until it is lifted or
 * taken away. A second finger, and another button, do nothing. begin(event) may decline by giving
 * back false; move(event) and end(event) follow. hover(event) is told where a pointer is that
 * presses nothing.
 * @param {HTMLElement} element
 * @param {{
 *   begin?: (event: PointerEvent) => unknown,
 *   move?: (event: PointerEvent) => void,
 *   end?: (event: PointerEvent) => void,
 *   hover?: (event: PointerEvent) => void,
 * }} actions
 */
export function stroke_of(
  element,
  { begin = () => false, move = () => {}, end = () => {}, hover = () => {} },
) {
  const MAIN = 1; // of `buttons`
  let pointer = null;
  element.addEventListener("pointerdown", (event) => {
    if (pointer !== null || !event.isPrimary || event.button !== 0 || begin(event) === false)
      return;
    pointer = event.pointerId;
    try {
      element.setPointerCapture(pointer);
    } catch {
      /* it is gone already: it draws as long as it stays above */
    }
  });
  function lift(event) {
    if (event.pointerId !== pointer) return;
    pointer = null;
    end(event);
  }
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer && event.pointerType === "mouse" && !(event.buttons & MAIN))
      lift(event); // while another button is held, nothing else tells
    if (event.pointerId === pointer) move(event);
    else if (pointer === null && event.isPrimary) hover(event);
  });
  for (const kind of ["pointerup", "pointercancel", "lostpointercapture"])
    element.addEventListener(kind, lift);
}
