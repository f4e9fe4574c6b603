// One number of z as the sum that it is: mu + sigma * epsilon; or what it was turned to by hand.

import { format_number } from "aigc/ui/format.js";

const written = (value) => format_number(value, 2);
const factor = (value) => (value < 0 ? `(${written(value)})` : written(value));

/**
 * @param {number} index of the number, counted from 0
 * @param {number} z
 * @param {{ mean: number, sigma: number, epsilon: number }} parts
 * @returns {(string | Node)[]}
 */
export function latent_sum(index, z, { mean, sigma, epsilon }) {
  const numbers = ` = ${written(mean)} + ${written(sigma)} × ${factor(epsilon)} = ${written(z)}`;
  return [
    ...[letter("z", index), " = ", letter("μ", index), " + "],
    ...[letter("σ", index), " · ", letter("ε", index, "noise"), numbers],
  ];
}

/**
 * @param {number} index
 * @param {number} z
 * @param {string} remark that it was turned
 * @returns {(string | Node)[]}
 */
export function turned_value(index, z, remark) {
  return [letter("z", index), ` = ${written(z)} `, window.aigc.make("span", {}, remark)];
}

function letter(name, index, colour = "latent") {
  const { make } = window.aigc;
  return make("em", { class: colour }, name, make("sub", {}, index + 1));
}
