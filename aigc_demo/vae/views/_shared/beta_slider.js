// The slider of beta, on a scale of logarithms.

import { beta_at, digits_of } from "aigc/vae/views/_shared/beta.js";

/** @param {number} beta */
export function written_beta(beta) {
  return window.aigc.number(beta, digits_of(beta));
}

/**
 * @param {Words} words
 * @param {[number, number]} range
 * @param {(beta: number) => void} act follows every movement
 */
export function beta_slider(words, range, act) {
  const { make, say } = window.aigc;
  const [low, high] = range;
  const input = make("input", {
    ...{ type: "range", min: Math.log10(low), max: Math.log10(high), step: 0.02 },
    "aria-label": say(words.beta),
  });
  const output = make("output", { translate: "no" });
  const show = (beta) => {
    output.textContent = written_beta(beta);
    input.setAttribute("aria-valuetext", `β = ${written_beta(beta)}`);
  };
  input.addEventListener("input", () => {
    const beta = beta_at(+input.value, range);
    show(beta);
    act(beta);
  });
  const ticks = make(
    "span",
    { class: "ticks", "aria-hidden": "true" },
    ...[low, 1, high].map((tick) => make("span", {}, tick)),
  );
  const scale = make("span", { class: "scale" }, input, ticks);
  const element = make(
    "div",
    { class: "dial" },
    make("label", {}, make("b", {}, "β = ", output), scale),
    make("p", {}, say(words.beta_info)),
  );
  /** @param {number} beta */
  function set(beta) {
    input.value = String(Math.log10(beta));
    show(beta);
  }
  return { element, set };
}
