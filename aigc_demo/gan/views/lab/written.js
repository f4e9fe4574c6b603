// How the laboratory writes its numbers; one that there is not is a dash.

/**
 * @param {number | null | undefined} value
 * @param {number} [digits] behind the point
 */
export function written(value, digits = 2) {
  return value === null || value === undefined
    ? "–"
    : window.aigc.number(value, digits).replace("-", "−");
}
