// Numbers and characters as text: on the page, and in a formula's TeX.

/**
 * A number as it is read: with a true minus sign, no minus before a zero, ∞ as a sign; what is no
 * number is a dash.
 * @param {unknown} value
 * @param {number} [digits] behind the point
 */
export function format_number(value, digits = 3) {
  if (typeof value !== "number" || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const text = Math.abs(value).toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/**
 * The same in TeX; as a factor a negative number stands in brackets.
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

/**
 * Attributes of an element with this text: a formula is the same in every language.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export const translatable = (text) => (/[A-Za-z]{3}|[一-鿿]/.test(text) ? {} : { translate: "no" });
