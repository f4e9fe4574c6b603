// A text in tokens, a chip each, that grow together.

/**
 * A chip: the positions of its characters in the text, from `start` up to `end`, its letters'
 * elements, and how it stands to the merges.
 * @typedef {{ start: number, end: number, fresh: boolean, next: boolean }} Span
 * @typedef {Span & { element: HTMLElement, letters: HTMLElement[] }} Chip
 */

/**
 * The tokens of a text after k merges. joined: for each character the merge, from 1, that tied it
 * to the character before; null: none does. fresh: merge k made it; next: the next one will tie it.
 * @param {(number | null)[]} joined
 * @param {number} k
 * @returns {Span[]}
 */
export function spans(joined, k) {
  const begins = joined.flatMap((merge, i) => (merge !== null && merge <= k ? [] : [i]));
  return begins.map((start, i) => {
    const end = begins[i + 1] ?? joined.length;
    return {
      start,
      end,
      fresh: joined.slice(start + 1, end).includes(k),
      next: joined[start] === k + 1 || joined[end] === k + 1,
    };
  });
}

/** The text; draw(text, joined, k, glides) shows it after k merges. */
export function chip_row() {
  const { make, visible } = window.aigc;
  const element = make("div", { class: "sentence", tabindex: "0", translate: "no" });
  /** @type {Chip[]} */
  let chips = [];

  /**
   * @param {string[]} text
   * @param {(number | null)[]} joined
   * @param {number} k
   * @param {boolean} glides whether what has moved is seen moving
   */
  function draw(text, joined, k, glides) {
    const before = glides && chips.length ? places() : null;
    chips = spans(joined, k).map((span) => chip_of(text, span));
    element.replaceChildren(
      ...chips.flatMap((chip) =>
        text[chip.end - 1] === "\n" ? [chip.element, make("br")] : [chip.element],
      ),
    );
    if (before) glide(before);
  }
  function chip_of(text, span) {
    const letters = text
      .slice(span.start, span.end)
      .map((letter) =>
        make("span", { class: letter.trim() ? "letter" : "letter blank" }, visible(letter)),
      );
    const chip = make("span", { class: "chip" }, ...letters);
    chip.classList.toggle("fresh", span.fresh);
    chip.classList.toggle("next", span.next);
    return { ...span, element: chip, letters };
  }
  const places = () =>
    new Map(
      chips.flatMap(({ start, letters }) =>
        letters.map((letter, j) => [start + j, letter.getBoundingClientRect()]),
      ),
    );
  // Lets what moved glide from where it stood, and the letters that were just tied each from its
  // own place: the motion shows what joined. All is measured before anything moves: else every
  // letter would be laid out anew.
  function glide(before) {
    const box = element.getBoundingClientRect();
    const moves = chips.flatMap((chip) =>
      (chip.fresh ? chip.letters : chip.letters.slice(0, 1)).map((letter, j) => {
        const old = before.get(chip.start + j),
          now = letter.getBoundingClientRect();
        return {
          part: chip.fresh ? letter : chip.element,
          x: old.left - now.left,
          y: old.top - now.top,
          seen: now.bottom > box.top && now.top < box.bottom,
        };
      }),
    );
    for (const { part, x, y, seen } of moves) {
      if (!seen || Math.abs(x) + Math.abs(y) <= 1) continue;
      const path = [{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }];
      part.animate(path, { duration: 420, easing: "ease-out" });
    }
  }
  const clear = () => {
    chips = [];
  };
  return { element, draw, clear };
}
