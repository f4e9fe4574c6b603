// The loss of one picture as a bar, reconstruction and then beta times KL, number by number, with
// the formula under it.

import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { written_beta } from "aigc/vae/views/_shared/beta_slider.js";
import { loss_axis } from "aigc/vae/views/digit/scale.js";

/**
 * @typedef {object} Loss
 * @property {number} reconstruction -log p(x|z), nats
 * @property {number[]} kl of each number of z, nats
 * @property {number} beta
 * @property {number[]} order of the numbers of z
 */

/**
 * @param {Words} words
 * @param {(index: number) => void} choose a number of z
 */
export function loss_bar(words, choose) {
  const { make, say, number } = window.aigc;
  const reconstruction = make("i", { class: "reconstruction" }),
    kl = make("span", { class: "kl" }),
    axis = make("div", { class: "axis", "aria-hidden": "true" }),
    names = [make("span"), make("span")];
  const formula = make("div", { class: "sums", translate: "no", "aria-live": "polite" });
  const element = make(
    "div",
    { class: "losses" },
    make("div", { class: "names-of-loss" }, ...names),
    make("div", { class: "bar-of-loss" }, reconstruction, kl),
    axis,
    formula,
  );
  /** @type {HTMLElement[]} */
  let parts = [];

  function arrange(order) {
    if (parts.length === order.length) return;
    parts = order.map((_, i) => {
      const part = make("i");
      follow_pointer(part, { begin: () => void choose(i) });
      return part;
    });
    kl.replaceChildren(...order.map((i) => parts[i]));
  }
  /** @param {Loss} loss */
  function show({ reconstruction: nats, kl: each, beta, order }) {
    const total = each.reduce((sum, value) => sum + value, 0),
      { end, step } = loss_axis(nats + beta * total);
    arrange(order);
    reconstruction.style.width = `${(100 * nats) / end}%`;
    kl.style.width = `${(100 * beta * total) / end}%`;
    each.forEach((value, i) => {
      parts[i].style.flexGrow = String(Math.max(value, 1e-6));
    });
    names[0].replaceChildren(make("b", {}, number(nats, 1)), ` ${say(words.reconstruction)}`);
    names[1].replaceChildren(make("b", {}, number(beta * total, 1)), ` ${say(words.kl)}`);
    const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
    axis.replaceChildren(
      ...ticks.map((tick) => make("span", { style: `left: ${(100 * tick) / end}%` }, tick)),
    );
    formula.replaceChildren(...sums({ nats, total, beta, largest: order.map((i) => each[i]) }));
  }
  /** @param {number} index */
  function point(index) {
    parts.forEach((part, i) => {
      part.classList.toggle("chosen", i === index);
    });
  }
  return { element, show, point };
}

// The loss and the KL divergence as sums of their parts, of which the first three are written out.
function sums({ nats, total, beta, largest }) {
  const { make, number } = window.aigc;
  const letter = (text) => make("em", {}, text),
    index = () => make("sub", {}, "i");
  const symbols = [
    letter("L"),
    " = −log ",
    letter("p"),
    "(",
    letter("x"),
    "|",
    letter("z"),
    ") + ",
  ];
  const loss = number(nats + beta * total, 2),
    first = largest.slice(0, 3).map((value) => number(value, 2));
  return [
    make(
      "p",
      {},
      ...symbols,
      letter("β"),
      ` · KL = ${number(nats, 2)} + ${written_beta(beta)} × ${number(total, 2)} = `,
      make("b", {}, `${loss} nats`),
    ),
    make(
      "p",
      {},
      ...["KL = ∑", index(), " KL", index(), ` = ${first.join(" + ")} + … = `],
      make("b", {}, `${number(total, 2)} nats`),
    ),
  ];
}
