// The theme, light or dark, and its colours, for what is painted in pixels.

/**
 * A colour of the theme, such as "loss", as a style takes it.
 * @param {string} name
 */
export const css_colour = (name) =>
  getComputedStyle(document.body).getPropertyValue(`--${name}`).trim();

/**
 * The same as red, green and blue, 0 to 255.
 * @param {string} name
 */
export const rgb = (name) => parse_hex(css_colour(name));

/**
 * @param {string} colour such as "#12ab9f"
 * @returns {number[]}
 */
export const parse_hex = (colour) => colour.match(/\w\w/g).map((pair) => parseInt(pair, 16));

/**
 * Draw again when the theme changes, for another theme has other colours.
 * @param {() => void} draw
 */
export function on_theme_change(draw) {
  const classes = { attributes: true, attributeFilter: ["class"] };
  new MutationObserver(draw).observe(document.body, classes);
}
