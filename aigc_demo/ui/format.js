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
 * Attributes of an element with this text: a formula is the same in every language.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export const translatable = (text) => (/[A-Za-z]{3}|[一-鿿]/.test(text) ? {} : { translate: "no" });
