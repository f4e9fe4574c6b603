// A sentence that grows together, merge by merge: chips of characters, what merges next, and what
// was learned. value: see tokens.py's merge().

import { transport } from "aigc/ui/transport.js";

export default function mount({ element, props, watch }) {
  const { make, say, number, visible, still } = window.aigc;
  const words = props.words;
  const PACE = 1; // merges a second
  const root = element.querySelector(".drawing");
  root.className = "drawing player tokens";
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", say(words.group));

  const waking = make("p", { class: "waking" }, say(words.waking));
  const sentence = make("div", { class: "sentence", tabindex: "0", translate: "no" });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const bar = transport(root, words, show);
  const table = make("table", { class: "counts" });
  const candidates = make("ol", { translate: "no" }),
    learned = make("ol", { tabindex: "0", translate: "no" }),
    plain = make("div", { class: "plain", tabindex: "0", translate: "no" });
  const panel = (title, hint, content) =>
    make("section", {}, make("h3", {}, say(title)), make("p", { class: "hint" }, hint), content);
  const hint = make("span"),
    known = make("span");
  const panels = make(
    "div",
    { class: "panels" },
    panel(words.candidates, hint, candidates),
    panel(words.learned, say(words.jump), learned),
    panel(words.characters, known, plain),
  );
  const whole = make("div", { class: "whole" }, sentence, bar.bar, caption, table, panels);
  whole.hidden = true;
  root.append(waking, whole);

  let film = null,
    text = [],
    chips = [];
  const shown = (token) => Array.from(token, visible).join("");

  // Where each chip begins after k merges: a character that no merge has yet tied to the one
  // before.
  const starts_at = (k) =>
    text.flatMap((_, i) => (film.joined[i] !== null && film.joined[i] <= k ? [] : [i]));

  function draw_chips(k) {
    const begins = starts_at(k);
    chips = begins.map((start, i) => {
      const end = begins[i + 1] ?? text.length;
      const letters = text
        .slice(start, end)
        .map((letter) =>
          make("span", { class: letter.trim() ? "letter" : "letter blank" }, visible(letter)),
        );
      const chip = make("span", { class: "chip" }, ...letters);
      chip.classList.toggle(
        "fresh",
        letters.some((_, j) => j > 0 && film.joined[start + j] === k),
      );
      // the next merge will tie it
      chip.classList.toggle("next", film.joined[start] === k + 1 || film.joined[end] === k + 1);
      return Object.assign(chip, { start, end, letters });
    });
    sentence.replaceChildren(
      ...chips.flatMap((chip) => (text[chip.end - 1] === "\n" ? [chip, make("br")] : [chip])),
    );
  }
  // Lets what moved glide from where it stood, and the letters that were just tied each from its
  // own place: the motion shows what joined.
  function glide(before) {
    const box = sentence.getBoundingClientRect();
    const moves = chips.flatMap((chip) =>
      (chip.classList.contains("fresh") ? chip.letters : chip.letters.slice(0, 1)).map(
        (letter, j) => {
          const old = before.get(chip.start + j),
            now = letter.getBoundingClientRect();
          return {
            part: chip.classList.contains("fresh") ? letter : chip,
            x: old.left - now.left,
            y: old.top - now.top,
            seen: now.bottom > box.top && now.top < box.bottom,
          };
        },
      ),
    ); // all is measured before anything moves: else every letter would be laid out anew
    for (const { part, x, y, seen } of moves) {
      if (seen && Math.abs(x) + Math.abs(y) > 1)
        part.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], {
          duration: 420,
          easing: "ease-out",
        });
    }
  }
  const places = () =>
    new Map(
      chips.flatMap((chip) =>
        chip.letters.map((letter, j) => [chip.start + j, letter.getBoundingClientRect()]),
      ),
    );

  function draw_counts(frame) {
    const line = (name, tokens, vocabulary, emphasis) =>
      make(
        "tr",
        emphasis ? { class: "now" } : {},
        make("th", { scope: "row" }, say(name)),
        ...[number(tokens, 0), number(vocabulary, 0), number(text.length / tokens, 2)].map(
          (figure) => make("td", {}, figure),
        ),
      );
    table.replaceChildren(
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ...["method", "tokens_count", "vocabulary", "per_token"].map((word) =>
            make("th", { scope: "col" }, say(words[word])),
          ),
        ),
      ),
      make(
        "tbody",
        {},
        line(words.by_character, text.length, film.frames[0].vocabulary),
        line(words.by_pair, frame.tokens, frame.vocabulary, true),
      ),
    );
  }
  const token = (text) => make("span", { class: "chip" }, shown(text));
  function draw_candidates(frame) {
    const most = Math.max(...frame.candidates.map(([, , count]) => count), 1),
      repeats = frame.candidates.some(([, , count]) => count > 1);
    hint.textContent = say(repeats ? words.candidates_hint : words.nothing);
    candidates.replaceChildren(
      ...frame.candidates.map(([left, right, count], i) =>
        make(
          "li",
          { class: i || !repeats ? "guess" : "guess first" },
          make("span", { class: "pair" }, token(left), " ", token(right)),
          make("span", { class: "share", style: `--p: ${count / most}` }),
          make("b", {}, `×${number(count, 0)}`),
        ),
      ),
    );
  }
  function list_learned() {
    learned.replaceChildren(
      ...film.frames.slice(1).map(({ pair: [left, right], count }, i) => {
        const b = make(
          "button",
          { type: "button" },
          make("i", {}, `${i + 1}`),
          token(left),
          token(right),
          "→",
          make("span", { class: "made" }, shown(left + right)),
          make("b", {}, `×${count}`),
        );
        b.addEventListener("click", () => {
          bar.pause();
          bar.go(i + 1);
        });
        return make("li", {}, b);
      }),
    );
  }
  function mark_learned(k) {
    [...learned.children].forEach((item, i) => {
      item.hidden = i >= k;
      item.classList.toggle("now", i === k - 1);
    });
    learned.scrollTop = learned.scrollHeight;
  }
  function show(k, by) {
    const frame = film.frames[k],
      before = by && !still() && chips.length ? places() : null;
    draw_chips(k);
    if (before) glide(before);
    draw_counts(frame);
    draw_candidates(frame);
    mark_learned(k);
    caption.textContent = k
      ? say(words.caption, {
          index: k,
          left: shown(frame.pair[0]),
          right: shown(frame.pair[1]),
          count: frame.count,
          token: shown(frame.pair.join("")),
        })
      : say(words.start);
    return caption.textContent;
  }
  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    waking.hidden = true;
    whole.hidden = false;
    [film, text, chips] = [value, Array.from(value.text), []];
    known.textContent = say(words.characters_hint, {
      count: number(text.length, 0),
      distinct: number(value.frames[0].vocabulary, 0),
      known: number(value.known, 0),
    });
    plain.replaceChildren(
      ...text.map((letter, i) =>
        make("span", { class: "chip" }, visible(letter), make("small", {}, value.ids[i] ?? "–")),
      ),
    );
    list_learned();
    bar.open(value.frames.length, PACE);
    bar.go(still() ? value.frames.length - 1 : 0);
    if (!still()) bar.start();
  }
  watch("value", draw);
  draw();
}
