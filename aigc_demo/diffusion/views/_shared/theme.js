// The page's theme, light or dark.

/**
 * Draw again when the theme changes, for another theme has other colours.
 * @param {() => void} draw
 */
export function on_theme_change(draw) {
  const classes = { attributes: true, attributeFilter: ["class"] };
  new MutationObserver(draw).observe(document.body, classes);
}
