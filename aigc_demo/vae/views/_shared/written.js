// How numbers are written, with a minus sign and not a hyphen.

/**
 * @param {number} value
 * @param {number} [digits] behind the point
 */
export function written(value, digits = 2) {
  return window.aigc.number(value, digits).replace("-", "−");
}
