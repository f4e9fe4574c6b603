// Numbers and characters in a formula's TeX.

import { format_number } from "aigc/ui/format.js";

/**
 * A number in TeX; as a factor a negative number stands in brackets.
 * @param {unknown} value
 * @param {number} [digits]
 * @param {boolean} [factor]
 */
export function tex_number(value, digits = 3, factor = false) {
  const text = format_number(value, digits)
    .replace("∞", "\\infty ")
    .replace("−", "-")
    .replaceAll(",", "{,}");
  return factor && text.startsWith("-") ? `(${text})` : text;
}

/**
 * A row of numbers in TeX.
 * @param {number[]} values
 * @param {number} [digits]
 */
export const tex_vector = (values, digits = 2) =>
  `(${values.map((each) => tex_number(each, digits)).join(",\\,")})`;

/**
 * TeX in the colour of what it stands for: data, generated, noise, latent, attention or loss.
 * @param {string} colour
 * @param {string} tex
 */
export const tex_coloured = (colour, tex) => `\\htmlClass{tone-${colour}}{${tex}}`;

const TEX_BLANK = { " ": "␣", "\n": "↵" };
const TEX_ESCAPE = { "\\": "\\backslash ", "^": "\\^{}", "~": "\\~{}" };

/**
 * A text's characters in TeX, blanks as signs that can be seen.
 * @param {string} text
 */
export const tex_characters = (text) =>
  Array.from(
    text,
    (character) =>
      TEX_BLANK[character] ??
      character.replace(/[\\{}$&#^_%~]/g, (sign) => TEX_ESCAPE[sign] ?? `\\${sign}`),
  ).join("");
