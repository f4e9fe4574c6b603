// The loss of one picture as a bar, reconstruction and then beta times KL, number by number, with
// the formula under it.

import { stroke_of } from "aigc/ui/pointer.js";

export function losses(words, choose) {
  const { make, say, number } = window.aigc;
  const reconstruction = make("i", { class: "reconstruction" }),
    kl = make("span", { class: "kl" });
  const axis = make("div", { class: "axis", "aria-hidden": "true" }),
    names = [make("span"), make("span")];
  const bar = make("div", { class: "bar-of-loss" }, reconstruction, kl),
    formula = make("div", { class: "sums", translate: "no", "aria-live": "polite" });
  const element = make(
    "div",
    { class: "losses" },
    make("div", { class: "names-of-loss" }, ...names),
    bar,
    axis,
    formula,
  );
  let parts = [];
  const letter = (...text) => make("em", {}, ...text);

  function show({ reconstruction: nats, kl: each, beta, order, dial }) {
    const total = each.reduce((sum, value) => sum + value, 0),
      loss = nats + beta * total,
      end = Math.max(150, 50 * Math.ceil(loss / 50)),
      step = end > 400 ? 100 : 50;
    reconstruction.style.width = `${(100 * nats) / end}%`;
    if (parts.length !== each.length) {
      parts = each.map((_, i) => {
        const part = make("i");
        stroke_of(part, { begin: () => void choose(i) });
        return part;
      });
      kl.replaceChildren(...order.map((i) => parts[i]));
    }
    kl.style.width = `${(100 * beta * total) / end}%`;
    each.forEach((value, i) => (parts[i].style.flexGrow = Math.max(value, 1e-6)));
    names[0].replaceChildren(make("b", {}, number(nats, 1)), ` ${say(words.reconstruction)}`);
    names[1].replaceChildren(make("b", {}, number(beta * total, 1)), ` ${say(words.kl)}`);
    axis.replaceChildren(
      ...Array.from({ length: Math.floor(end / step) + 1 }, (_, i) =>
        make("span", { style: `left: ${(100 * i * step) / end}%` }, i * step),
      ),
    );
    const first = order
      .slice(0, 3)
      .map((i) => number(each[i], 2))
      .join(" + ");
    formula.replaceChildren(
      make(
        "p",
        {},
        letter("L"),
        " = −log ",
        letter("p"),
        "(",
        letter("x"),
        "|",
        letter("z"),
        ") + ",
        letter("β"),
        " · KL = ",
        number(nats, 2),
        ` + ${dial(beta)} × ${number(total, 2)} = `,
        make("b", {}, `${number(loss, 2)} nats`),
      ),
      make(
        "p",
        {},
        "KL = ∑",
        make("sub", {}, "i"),
        " KL",
        make("sub", {}, "i"),
        ` = ${first} + … = `,
        make("b", {}, `${number(total, 2)} nats`),
      ),
    );
  }
  return {
    element,
    show,
    point: (i) => parts.forEach((part, at) => part.classList.toggle("chosen", at === i)),
  };
}
