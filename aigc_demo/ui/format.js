// Numbers as text.

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
 * A share in percent, finer where it is small; what is too small to be written is said to be less.
 * @param {number} p 0 to 1
 */
export function percent(p) {
  if (p > 0 && p < 5e-6) return "< 0.001 %";
  return `${format_number(100 * p, p > 0 && p < 0.001 ? 3 : 1)} %`;
}

/**
 * Attributes of an element with this text: a formula is the same in every language.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export const translatable = (text) => (/[A-Za-z]{3}|[一-鿿]/.test(text) ? {} : { translate: "no" });
