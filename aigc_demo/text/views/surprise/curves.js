// The bits along a text: a curve a reader, and a mark on one character.

import { running_mean } from "aigc/text/views/_shared/bits.js";
import { clamp } from "aigc/text/views/_shared/figures.js";
import { follow_pointer } from "aigc/ui/follow_pointer.js";

export const WINDOW = 16; // characters over which the curves are averaged

/**
 * The even number of bits up to which the plot reaches: all curves lie below it.
 * @param {number[][]} curves
 */
export const top_of = (curves) => 2 * Math.ceil(Math.max(1, ...curves.flat()) / 2);

/**
 * Where the character of `index` stands, of `length`, in hundredths of the plot's width.
 * @param {number} index
 * @param {number} length
 */
export const across = (index, length) => (length > 1 ? (100 * index) / (length - 1) : 0);

/**
 * A curve's points in hundredths of the plot, from the top left; one character alone makes a line.
 * @param {number[]} curve
 * @param {number} top
 */
export function points_of(curve, top) {
  const whole = curve.length > 1 ? curve : [curve[0], curve[0]];
  return whole
    .map((bits, index) => `${across(index, whole.length)},${100 - (100 * bits) / top}`)
    .join(" ");
}

/**
 * The plot; point_at(index, follow) is called when the pointer is over a character, or clicks it.
 * @param {Words} words
 * @param {(index: number, follow: boolean) => void} point_at
 */
export function curve_plot(words, point_at) {
  const { make, say, number } = window.aigc;
  const plot = make("div", { class: "plot" }),
    marker = make("div", { class: "marker" }),
    axis = make("div", { class: "names" });
  const caption = make("figcaption", {}, say(words.curve, { characters: WINDOW }));
  const element = make("figure", {}, caption, plot, axis);
  let length = 0,
    svg = null,
    lines = [];

  /**
   * Draws the curves of the readers' bits; null where one could not read the text.
   * @param {(number[] | undefined)[]} bits
   * @param {number} count of characters
   */
  function draw(bits, count) {
    length = count;
    const curves = bits.map((each) => each && running_mean(each, WINDOW)),
      top = top_of(curves.filter(Boolean));
    lines = curves.map(
      (curve, i) => curve && make("polyline", { "data-line": i, points: points_of(curve, top) }),
    );
    svg = make(
      "svg",
      { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
      ...lines.filter(Boolean),
    );
    const ticks = [0, top / 2, top].map((level) => {
      const style = `bottom: ${(100 * level) / top}%`;
      return make("span", { class: "tick", style }, number(level, 0));
    });
    plot.replaceChildren(svg, ...ticks, marker);
    const names = [1, say(words.position), number(length, 0)];
    axis.replaceChildren(...names.map((name) => make("span", {}, name)));
    marker.hidden = true;
  }
  /** @param {number} index of the reader whose curve is drawn over the others */
  function select(index) {
    lines.forEach((line, i) => {
      line?.classList.toggle("selected", i === index);
    });
    svg.append(lines[index]);
  }
  /** @param {number} index of the character */
  function mark(index) {
    marker.hidden = false;
    marker.style.left = `${across(index, length)}%`;
  }
  const index_at = ({ clientX }) => {
    const { left, width } = plot.getBoundingClientRect();
    return clamp(Math.round(((clientX - left) / width) * (length - 1)), 0, length - 1);
  };
  const hover = /** @type {any} */ ((event) => point_at(index_at(event), false));
  follow_pointer(plot, { hover });
  plot.addEventListener("click", (event) => point_at(index_at(event), true));
  return { element, draw, select, mark };
}
