// The plane of z as a map: pictures, or regions of what is read; the prior's rings, q(z|x) as an
// ellipse, a cross that moves. move(z) follows the finger, the pointer and the arrow keys; z =
// [z_1, z_2].

import { stroke_of } from "aigc/ui/pointer.js";

export function plane(words, extent, move) {
  const { make, say } = window.aigc;
  const pictures = make("canvas", {
      class: "picture ink sheet",
      role: "img",
      "aria-label": say(words.shown),
    }),
    regions = make("canvas", { class: "regions", "aria-hidden": "true" });
  const signs = make("div", { class: "signs", "aria-hidden": "true", translate: "no" }),
    svg = make("svg", {
      viewBox: `${-extent} ${-extent} ${2 * extent} ${2 * extent}`,
      "aria-hidden": "true",
    });
  const field = make(
    "div",
    { class: "field", tabindex: "0", role: "group", "aria-label": say(words.plane) },
    pictures,
    regions,
    signs,
    svg,
  );
  const tick = (value, style) => make("span", { style }, String(value).replace("-", "−"));
  const ticks = [-extent, 0, extent],
    name = (index) => make("em", { translate: "no" }, "z", make("sub", {}, index));
  const element = make(
    "div",
    { class: "chart-of-z" },
    make(
      "div",
      { class: "upright" },
      ...ticks.map((t) => tick(t, `top: ${50 - (50 * t) / extent}%`)),
      name(2),
    ),
    field,
    make(
      "div",
      { class: "level" },
      ...ticks.map((t) => tick(t, `left: ${50 + (50 * t) / extent}%`)),
      name(1),
    ),
  );
  let at = [0, 0],
    mark = null;

  const oval = ([x, y], [a, b]) =>
    `M ${x - a} ${-y} a ${a} ${b} 0 1 0 ${2 * a} 0 a ${a} ${b} 0 1 0 ${-2 * a} 0`;
  const path = (d, name) => make("path", { d, class: name });
  const inside = (value) => Math.max(-extent, Math.min(extent, value));
  function draw() {
    const [x, y] = at,
      near = 0.1,
      far = 0.34;
    svg.replaceChildren(path(oval([0, 0], [1, 1]) + oval([0, 0], [2, 2]), "ring"));
    if (mark) {
      const two = mark.sigma.map((sigma) => 2 * sigma),
        center = mark.mean;
      for (const halo of ["halo", "mark"])
        svg.append(path(oval(center, mark.sigma) + oval(center, two), halo));
      svg.append(path(oval(center, [0.05, 0.05]), "middle"));
    }
    const cross = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]
      .map(([u, v]) => `M ${x + near * u} ${-y + near * v} L ${x + far * u} ${-y + far * v}`)
      .join(" ");
    svg.append(path(cross, "halo"), path(cross, "cross"));
  }
  function sheet(picture) {
    Object.assign(pictures, { width: picture.width, height: picture.height });
    pictures.getContext("2d").drawImage(picture, 0, 0);
  }
  function tint({ fine, readings, certainty }) {
    Object.assign(regions, { width: fine, height: fine });
    const context = regions.getContext("2d"),
      style = getComputedStyle(field);
    const colours = Array.from({ length: 10 }, (_, digit) =>
      style.getPropertyValue(`--digit-${digit}`),
    );
    readings.forEach((digit, i) => {
      context.globalAlpha = 0.3 + 0.6 * certainty[i] ** 2;
      context.fillStyle = colours[digit];
      context.fillRect(i % fine, Math.floor(i / fine), 1, 1);
    });
    signs.replaceChildren(
      ...heartlands(readings, fine).map(({ digit, i }) => {
        const [left, top] = [i % fine, Math.floor(i / fine)].map(
          (cell) => (100 * (cell + 0.5)) / fine,
        );
        return make("b", { style: `left: ${left}%; top: ${top}%` }, digit);
      }),
    );
  }
  const follow = (event) => go(under(event));
  stroke_of(field, { begin: follow, move: follow, hover: follow });
  const under = ({ clientX, clientY }) => {
    const box = field.getBoundingClientRect();
    return [
      (2 * (clientX - box.left)) / box.width - 1,
      1 - (2 * (clientY - box.top)) / box.height,
    ].map((share) => extent * share);
  };
  field.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 0.5 : 0.1,
      by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[
        event.key
      ];
    if (!by) return;
    event.preventDefault();
    go(at.map((value, i) => value + step * by[i]));
  });
  function go(z, told = true) {
    at = z.map((value) => +inside(value).toFixed(5));
    draw();
    if (told) move(at);
  }
  return {
    element,
    field,
    sheet,
    tint,
    go,
    mark: (value) => {
      mark = value;
      draw();
    },
  };
}

// Where each digit's name stands: the place of its region that is farthest from all others. Returns
// [{digit, i}].
function heartlands(readings, side) {
  const best = new Map();
  readings.forEach((digit, i) => {
    const x = i % side,
      y = Math.floor(i / side);
    const same = (r) => {
      if (x < r || y < r || x + r >= side || y + r >= side) return false;
      for (let k = -r; k <= r; k++) {
        for (const [u, v] of [
          [k, -r],
          [k, r],
          [-r, k],
          [r, k],
        ])
          if (readings[(y + v) * side + x + u] !== digit) return false;
      }
      return true;
    };
    let depth = 0;
    while (same(depth + 1)) depth++;
    if (depth > (best.get(digit)?.depth ?? -1)) best.set(digit, { digit, i, depth });
  });
  return [...best.values()];
}
