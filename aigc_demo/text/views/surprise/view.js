// A text as several models read it: each one's bits per character (or per piece, where a reading
// names its pieces), the text tinted by one of them, and the bits along it. value: see
// surprise.py's report().

import { tint_legend, tinted_text } from "aigc/text/views/_shared/tinted.js";
import { stroke_of } from "aigc/ui/pointer.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const WINDOW = 16; // characters over which the curves are averaged
  const root = element.querySelector(".drawing");
  root.className = "drawing surprise";

  const waking = make("p", { class: "waking" }, say(words.waking));
  const cards = make("div", { class: "cards", role: "group", "aria-label": say(words.cards) });
  const holder = make("span");
  const page = make(
    "div",
    { class: "page", tabindex: "0", role: "group", "aria-label": say(words.page) },
    holder,
  );
  const tint = tinted_text(page, holder, words, mark);
  const plot = make("div", { class: "plot" });
  const marker = make("div", { class: "marker" });
  const axis = make("div", { class: "names" });
  const stage = make(
    "div",
    { class: "whole" },
    cards,
    tint_legend(words),
    make("div", { class: "reading" }, page, tint.expected),
    make(
      "figure",
      {},
      make("figcaption", {}, say(words.curve, { characters: WINDOW })),
      plot,
      axis,
    ),
  );
  stage.hidden = true;
  root.append(waking, stage);

  let readers = [],
    selected = -1,
    length = 0;

  // The mean bits of the last WINDOW characters, at each.
  function running(bits) {
    let sum = 0;
    return bits.map((each, i) => {
      sum += each - (i >= WINDOW ? bits[i - WINDOW] : 0);
      return sum / Math.min(i + 1, WINDOW);
    });
  }
  function card(reader, index, best, most) {
    const b = make(
      "button",
      { type: "button", class: "card", "data-line": index },
      make("span", { class: "name" }, say(reader.name), line_sample()),
    );
    if (reader.problem) {
      b.append(make("span", { class: "note" }, say(reader.problem)));
      b.disabled = true;
      return b;
    }
    b.append(
      make(
        "span",
        { class: "figure" },
        make("b", {}, number(reader.bits_per_character, 2)),
        ` ${say(words.per_character)}`,
      ),
      make("span", { class: "length", style: `--share: ${reader.bits_per_character / most}` }),
      make(
        "span",
        { class: "note" },
        say(words.total, { bits: number(reader.bits_per_character * length, 0) }),
        ...(best ? [make("strong", {}, `★ ${say(words.best)}`)] : []),
      ),
    );
    b.addEventListener("click", () => select(index));
    return b;
  }
  const line_sample = () =>
    make(
      "svg",
      { class: "sample", viewBox: "0 0 60 10", "aria-hidden": "true" },
      make("polyline", { points: "0,5 60,5" }),
    );

  function select(index) {
    selected = index;
    [...cards.children].forEach((b, i) => b.setAttribute("aria-pressed", i === index));
    [...plot.querySelectorAll("polyline")].forEach((line) =>
      line.classList.toggle("selected", +line.dataset.line === index),
    );
    // drawn last: over the others
    plot.querySelector("svg").append(plot.querySelector("polyline.selected"));
    tint.show(props.value.text, readers[index].reading);
  }
  function draw_curves() {
    const curves = readers.map((reader) => reader.reading && running(reader.reading.bits));
    const top = 2 * Math.ceil(Math.max(1, ...curves.flatMap((curve) => curve ?? [])) / 2);
    const x = (i) => (length > 1 ? (100 * i) / (length - 1) : 0);
    const lines = curves.map(
      (curve, i) =>
        curve &&
        make("polyline", {
          "data-line": i,
          points: (length > 1 ? curve : [curve[0], curve[0]])
            .map((bits, t) => `${length > 1 ? x(t) : 100 * t},${100 - (100 * bits) / top}`)
            .join(" "),
        }),
    );
    const ticks = [0, top / 2, top].map((bits) =>
      make("span", { class: "tick", style: `bottom: ${(100 * bits) / top}%` }, number(bits, 0)),
    );
    plot.replaceChildren(
      make(
        "svg",
        { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        ...lines.filter(Boolean),
      ),
      ...ticks,
      marker,
    );
    axis.replaceChildren(
      ...[1, say(words.position), number(length, 0)].map((name) => make("span", {}, name)),
    );
    marker.hidden = true;
  }
  function mark(index) {
    marker.hidden = false;
    marker.style.left = `${length > 1 ? (100 * index) / (length - 1) : 0}%`;
  }
  function point_at(event, follow) {
    const box = plot.getBoundingClientRect();
    tint.choose(
      Math.max(
        0,
        Math.min(length - 1, Math.round(((event.clientX - box.left) / box.width) * (length - 1))),
      ),
      { follow },
    );
  }
  stroke_of(plot, { hover: (event) => point_at(event, false) });
  plot.addEventListener("click", (event) => point_at(event, true));

  function draw() {
    const value = props.value;
    if (!value || value.problem) return;
    waking.hidden = true;
    stage.hidden = false;
    readers = value.readers;
    length = (
      readers.find((reader) => reader.reading?.pieces)?.reading.pieces ?? Array.from(value.text)
    ).length;
    const bits = readers.map((reader) => reader.bits_per_character ?? Infinity),
      least = bits.indexOf(Math.min(...bits));
    const most = Math.max(
      ...readers.map((reader) => Math.max(reader.bits_per_character ?? 0, reader.blind ?? 0)),
    );
    cards.replaceChildren(...readers.map((reader, i) => card(reader, i, i === least, most)));
    draw_curves();
    select(readers[selected]?.reading ? selected : least);
  }
  watch("value", draw);
  draw();
}
