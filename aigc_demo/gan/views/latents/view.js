// A plane of noise to drag across. value: see latents.py's latents. A place is painted past the
// queue; until that arrives its nearest picture is shown.

import { draws, enlarged } from "aigc/gan/views/_shared/large.js";
import { latest } from "aigc/ui/latest.js";
import { stroke_of } from "aigc/ui/pointer.js";
import { cut, resize, sprite } from "aigc/ui/sprite.js";

export default function mount({ element, props, server, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing noise-plane";
  let value = null,
    sheet = null,
    at = [2, 2];

  const waking = make("p", { class: "waking" }, say(words.waking));
  const map = make("canvas", { class: "picture ink", "aria-hidden": "true" });
  const seeds = make("div", { class: "seeds", "aria-hidden": "true" });
  const cross = make("div", { class: "cross", "aria-hidden": "true" });
  const field = make(
    "div",
    { class: "field", tabindex: "0", role: "group", "aria-label": say(words.plane) },
    map,
    seeds,
    cross,
  );
  const { body, large, formula, verdict } = enlarged(words, field);
  root.append(waking, body);

  // --- Where the finger is --- The middle of a place: the crossings of the border lie in the
  // middle of their pictures, half a picture from the edge.
  const spot = (place) =>
    ["left", "top"]
      .map(
        (edge, i) =>
          `${edge}: ${(100 * ((place[i] / value.cells) * (value.side - 1) + 0.5)) / value.side}%`,
      )
      .join("; ");
  const under = ({ clientX, clientY }) => {
    const box = field.getBoundingClientRect();
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height].map(
      (share) => ((share * value.side - 0.5) / (value.side - 1)) * value.cells,
    );
  };
  const follow = (event) => go(under(event));
  stroke_of(field, { begin: follow, move: follow, hover: follow });
  field.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 0.5 : 0.1,
      by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
        event.key
      ];
    if (!by || !value) return;
    event.preventDefault();
    go(at.map((place, i) => place + step * by[i]));
  });
  function go(place) {
    if (!value) return;
    at = place.map((each) => Math.max(0, Math.min(value.cells, +each.toFixed(3))));
    cross.setAttribute("style", spot(at));
    const [column, row] = at.map((each) => Math.round((each / value.cells) * (value.side - 1)));
    cut(large, sheet, row * value.side + column);
    show_mixture();
    paint({ place: at, digit: value.digit, seed: value.seed, truncation: value.truncation });
  }

  // --- What is there ---
  const paint = latest(
    (asked) => server.point(asked),
    (answer, asked, last) => {
      if (!answer || !last || asked.place !== at) return;
      sprite(answer.picture, (picture) => {
        if (asked.place !== at) return;
        cut(large, picture, 0);
        verdict.textContent = `${say(words.verdict, { share: number(answer.verdict, 2) })} ${say(value.digit === "emoji" ? words.nearest : words.reads, { digit: answer.read })}`;
        root.dataset.exact = at.join(" ");
      });
    },
  );
  // z as a weighted sum of the seeds around, heaviest first.
  function parts() {
    const axes = at.map((place) => {
      const near = [Math.floor(place), Math.floor(place) + 1].map((i) => [
        i,
        Math.max(0, 1 - Math.abs(place - i)),
      ]);
      const length = Math.hypot(...near.map(([, weight]) => weight));
      return near.map(([i, weight]) => [i, weight / length]);
    });
    return axes[1]
      .flatMap(([row, down]) =>
        axes[0].map(([column, across]) => ({
          seed: value.seed + row * (value.cells + 1) + column,
          weight: down * across,
        })),
      )
      .filter(({ weight }) => weight > 0.005)
      .sort((a, b) => b.weight - a.weight);
  }
  function show_mixture() {
    formula.replaceChildren(
      make("em", {}, "z"),
      " = ",
      ...parts().flatMap(({ seed, weight }, i) => [
        i ? " + " : "",
        make("span", {}, `${number(weight, 2)} `, make("em", {}, "z"), make("sub", {}, seed)),
      ]),
    );
  }
  draws(props, watch, waking, body, (given, picture) => {
    [value, sheet] = [given, picture];
    Object.assign(map, { width: picture.width, height: picture.height });
    resize(large, value.pixels);
    map.className = large.className;
    map.getContext("2d").drawImage(picture, 0, 0);
    root.style.setProperty("--side", value.side);
    const crossings = Array.from({ length: (value.cells + 1) ** 2 }, (_, i) => [
      i % (value.cells + 1),
      Math.floor(i / (value.cells + 1)),
    ]);
    seeds.replaceChildren(...crossings.map((crossing) => make("i", { style: spot(crossing) })));
    go(at);
  });
}
