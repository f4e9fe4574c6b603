// Strokes of a pointer on an element.

const MAIN = 1; // of `buttons`

/** What a stroke calls.
 * @typedef {object} Stroke
 * @property {(event: PointerEvent) => unknown} [begin] may decline by returning false
 * @property {(event: PointerEvent) => unknown} [move]
 * @property {(event: PointerEvent) => unknown} [end]
 * @property {(event: PointerEvent) => unknown} [hover] of a pointer that presses nothing
 */

/**
 * Follow the pointer that began on `element`, with its main button, until it is lifted or taken
 * away. A second finger, and another button, do nothing.
 * @param {Element & GlobalEventHandlers} element
 * @param {Stroke} stroke
 */
export function follow_pointer(
  element,
  { begin = () => false, move = () => {}, end = () => {}, hover = () => {} },
) {
  let pointer = null;
  function press(/** @type {PointerEvent} */ event) {
    if (pointer !== null || !event.isPrimary || event.button !== 0 || begin(event) === false)
      return;
    pointer = event.pointerId;
    try {
      element.setPointerCapture(pointer);
    } catch {
      /* it is gone already: it draws as long as it stays above */
    }
  }
  function lift(/** @type {PointerEvent} */ event) {
    if (event.pointerId !== pointer) return;
    pointer = null;
    end(event);
  }
  function travel(/** @type {PointerEvent} */ event) {
    // while another button is held, no other event says that the main one was lifted
    if (event.pointerId === pointer && event.pointerType === "mouse" && !(event.buttons & MAIN))
      lift(event);
    if (event.pointerId === pointer) move(event);
    else if (pointer === null && event.isPrimary) hover(event);
  }
  element.addEventListener("pointerdown", press);
  element.addEventListener("pointermove", travel);
  for (const kind of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"]))
    element.addEventListener(kind, lift);
}
