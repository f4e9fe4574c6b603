// The bits along a text: a curve a reader, and a mark on one character.

import { running_mean } from "aigc/text/views/_shared/bits.js";
import { clamp } from "aigc/ui/arithmetic.js";
import { follow_pointer } from "aigc/ui/follow_pointer.js";
import { create_plot } from "aigc/ui/plot.js";

export const WINDOW = 16; // characters over which the curves are averaged

/**
 * The even number of bits up to which the plot reaches: all curves lie below it.
 * @param {number[][]} curves
 */
export const top_of = (curves) => 2 * Math.ceil(Math.max(1, ...curves.flat()) / 2);

/**
 * A curve's points; one character alone makes a line.
 * @param {number[]} curve
 * @returns {import("aigc/ui/scale.js").Point[]}
 */
export const points_of = (curve) =>
  (curve.length > 1 ? curve : [curve[0], curve[0]]).map((bits, index) => [index, bits]);

/**
 * The plot; point_at(index, follow) is called when the pointer is over a character, or clicks it.
 * @param {Words} words
 * @param {(index: number, follow: boolean) => void} point_at
 */
export function curve_plot(words, point_at) {
  const { make, say, number } = window.aigc;
  const caption = make("figcaption", {}, say(words.curve, { characters: WINDOW })),
    element = make("figure", {}, caption);
  /** @type {(number[] | undefined)[]} */
  let curves = [];
  let length = 0,
    marked = NaN; // the character that is chosen
  /** @type {import("aigc/ui/plot.js").Dot} */
  let marker = null;

  /**
   * Draws the curves of the readers' bits; none where one could not read the text.
   * @param {(number[] | undefined)[]} bits
   * @param {number} count of characters
   */
  function draw(bits, count) {
    [length, marked] = [count, NaN];
    curves = bits.map((each) => each && running_mean(each, WINDOW));
  }
  /** @param {number} selected the reader whose curve is drawn over the others */
  function select(selected) {
    const top = top_of(curves.filter(Boolean));
    const plot = create_plot({
      x: [0, Math.max(1, length - 1)],
      y: [0, top],
      label: caption.textContent,
      ticks: { y: [0, top / 2, top] },
      below: ["1", say(words.position), number(length, 0)],
      look: "curves",
    });
    const last = (i) => Number(i === selected);
    [...curves.keys()]
      .filter((i) => curves[i])
      .sort((i, j) => last(i) - last(j))
      .forEach((i) => {
        plot.line(`reader-${i}${i === selected ? " selected" : ""}`)(points_of(curves[i]));
      });
    marker = plot.dot("inked rule");
    marker.show([marked, 0]);
    answer_pointer(plot);
    element.replaceChildren(caption, plot.element);
  }
  /** @param {import("aigc/ui/plot.js").Plot} plot */
  function answer_pointer({ plot_area, place_of }) {
    const index_at = (event) => clamp(Math.round(place_of(event)[0]), [0, length - 1]);
    const hover = /** @type {any} */ ((event) => point_at(index_at(event), false));
    follow_pointer(plot_area, { hover });
    plot_area.addEventListener("click", (event) => point_at(index_at(event), true));
  }
  /** @param {number} index of the character */
  function mark(index) {
    marked = index;
    marker.show([index, 0]);
  }
  return { element, draw, select, mark };
}
