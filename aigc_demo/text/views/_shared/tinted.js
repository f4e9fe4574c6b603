// A text whose characters, or the pieces that a reading names, are tinted by their bits, and what
// the model expected at the chosen one.
// reading: see surprise.py's compact(), and llm/hub.py's.
const EDGES = [1, 2, 4, 6, 8]; // bits at which the tint deepens
const shade_of = (bits) => EDGES.filter((edge) => bits >= edge).length;

// The tint's six shades with their bits.
export function tint_legend(words) {
  const { make, say } = window.aigc;
  const ranges = [
    `< ${EDGES[0]}`,
    ...EDGES.slice(1).map((edge, i) => `${EDGES[i]}–${edge}`),
    `≥ ${EDGES.at(-1)}`,
  ];
  return make(
    "p",
    { class: "legend" },
    say(words.legend),
    ...ranges.map((range, shade) => make("span", { class: "cell", "data-shade": shade }, range)),
  );
}

// page: the box that takes the keys; holder: where in it the characters go. chosen(index) is called
// when one is pointed at.
export function tinted_text(page, holder, words, chosen = () => {}) {
  const { make, say, number, visible } = window.aigc;
  const expected = make(
    "div",
    { class: "expected", "aria-live": "polite" },
    make("p", { class: "hint" }, say(words.hint)),
  );
  let text = [],
    cells = [],
    reading = null,
    index = -1;

  const share = (p) =>
    p >= 0.01 ? `${number(100 * p, 1)} %` : `1/${number(Number((1 / p).toPrecision(2)), 0)}`;
  const row = ([character, p]) =>
    make(
      "li",
      { class: character === text[index] ? "came" : "" },
      make("b", {}, visible(character)),
      make("span", { class: "share", style: `--p: ${p}` }),
      make("span", { class: "figure" }, p ? share(p) : "0 %"),
    );

  function tell() {
    const bits = reading.bits[index],
      likeliest = Array.from(reading.likeliest[index]);
    const rows = likeliest.map((character, i) => [
      character,
      reading.thousandths[index * likeliest.length + i] / 1000,
    ]);
    if (!likeliest.includes(text[index])) rows.push([text[index], 2 ** -bits]);
    expected.replaceChildren(
      make(
        "p",
        { class: "bits" },
        make("b", { class: "glyph" }, visible(text[index])),
        make("b", {}, number(bits, 1)),
        ` ${say(words.bits)}`,
      ),
      make("p", { class: "hint" }, say(words.expected)),
      make("ol", {}, ...rows.map(row)),
    );
  }
  function choose(next, { follow = false } = {}) {
    if (!reading || next < 0 || next >= cells.length) return;
    cells[index]?.classList.remove("chosen");
    index = next;
    cells[index].classList.add("chosen");
    if (follow) cells[index].scrollIntoView({ block: "nearest" });
    tell();
    chosen(index);
  }
  // The character above (by -1) or below (1): the nearest of the next line.
  function vertical(by) {
    const { left, top } = cells[index].getBoundingClientRect();
    let best = index,
      distance = Infinity,
      line = null;
    for (let i = index + by; cells[i]; i += by) {
      const box = cells[i].getBoundingClientRect();
      if (Math.abs(box.top - top) < 4) continue;
      line ??= box.top;
      if (Math.abs(box.top - line) > 4) break;
      if (Math.abs(box.left - left) < distance) [best, distance] = [i, Math.abs(box.left - left)];
    }
    return best;
  }
  page.addEventListener("keydown", (event) => {
    if (!reading || page.closest("[data-plain]")) return;
    const keys = {
      ArrowLeft: () => index - 1,
      ArrowRight: () => index + 1,
      Home: () => 0,
      End: () => cells.length - 1,
      ArrowUp: () => vertical(-1),
      ArrowDown: () => vertical(1),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(index < 0 ? 0 : keys[event.key](), { follow: true });
  });
  for (const kind of ["pointerover", "click"]) {
    holder.addEventListener(kind, (event) => choose(cells.indexOf(event.target)));
  }
  // Shows a text; with `read` null plain, else tinted.
  function show(whole, read) {
    reading = read;
    expected.classList.toggle("pieces", Boolean(read?.pieces));
    if (!read) {
      [cells, index] = [[], -1];
      holder.textContent = whole;
      return;
    }
    const pieces = read.pieces ?? Array.from(whole);
    if (
      !cells.length ||
      pieces.length !== text.length ||
      pieces.some((piece, i) => piece !== text[i])
    ) {
      text = pieces;
      cells = text.map((piece) =>
        make("span", piece.startsWith("\n") ? { class: "cell end" } : { class: "cell" }, piece),
      );
      index = -1;
      holder.replaceChildren(...cells);
      expected.replaceChildren(make("p", { class: "hint" }, say(words.hint)));
    }
    cells.forEach((cell, i) => {
      cell.dataset.shade = shade_of(read.bits[i]);
    });
    if (index >= 0) tell();
  }
  return { expected, show, choose };
}
