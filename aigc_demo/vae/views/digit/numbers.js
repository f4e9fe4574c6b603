// The numbers between encoder and decoder: a row each of mu, log sigma^2, epsilon, z and KL, a
// column for each number of z. choose(i) is told which column is looked at, i counted from 0 in the
// model's own order.

import { stroke_of } from "aigc/ui/pointer.js";

const ROWS = [
  // name, symbol, colour, what is at the lower and upper edge, digits behind the point
  ["mean", ["μ"], "latent", -3, 3, 2],
  ["log_variance", ["log σ", "²"], "latent", -8, 1, 2],
  ["epsilon", ["ε"], "noise", -3, 3, 2],
  ["z", ["z"], "latent deep", -3, 3, 2],
  ["kl", ["KL"], "cost", 0, 8, 2],
];
export const written = (value, digits = 2) => window.aigc.number(value, digits).replace("-", "−");

export function numbers(words, choose) {
  const { make, say } = window.aigc;
  const band = make("div", { class: "band" }),
    board = make(
      "div",
      {
        class: "columns",
        tabindex: "0",
        role: "slider",
        "aria-label": say(words.numbers),
        "aria-valuemin": 1,
      },
      band,
    );
  const rows = ROWS.map(([name, symbol, colour]) => {
    const index = make("sub"),
      sign = make(
        "b",
        { translate: "no" },
        symbol[0],
        ...(symbol[1] ? [make("sup", {}, symbol[1])] : []),
        index,
      );
    return {
      name,
      sign,
      index,
      plot: make("div", { class: `plot ${colour}` }),
      figure: make("output", { class: colour, translate: "no" }),
      head: make("div", { class: `head ${colour}` }, sign),
    };
  });
  const element = make(
    "div",
    { class: "numbers" },
    ...rows.flatMap(({ head, plot, figure }) => [head, plot, figure]),
    board,
  );
  let order = [],
    chosen = 0,
    shown = null;

  const place = (value, low, high) => Math.max(0, Math.min(1, (value - low) / (high - low)));
  function show(values) {
    // {mean, log_variance, epsilon, z, kl}, each (D,)
    shown = values;
    rows.forEach(({ name, plot }, row) => {
      const [, , , low, high] = ROWS[row],
        zero = place(0, low, high);
      if (plot.children.length !== order.length)
        plot.replaceChildren(
          make("s", { style: `bottom: ${100 * zero}%` }),
          ...order.map(() => make("i")),
        );
      if (plot.childElementCount !== order.length + 1) return;
      order.forEach((i, column) => {
        const at = place(values[name][i], low, high);
        Object.assign(plot.children[column + 1].style, {
          bottom: `${100 * Math.min(at, zero)}%`,
          height: `${100 * Math.abs(at - zero)}%`,
        });
      });
    });
    point(chosen);
  }
  function point(i) {
    chosen = i;
    const column = order.indexOf(i);
    band.style.left = `${(100 * column) / order.length}%`;
    band.style.width = `${100 / order.length}%`;
    rows.forEach(({ name, index, figure }, row) => {
      index.textContent = i + 1;
      figure.textContent = written(shown[name][i], ROWS[row][5]);
    });
    board.setAttribute("aria-valuenow", column + 1);
    board.setAttribute(
      "aria-valuetext",
      say(words.number, {
        index: i + 1,
        mean: written(shown.mean[i]),
        variance: written(shown.log_variance[i]),
        epsilon: written(shown.epsilon[i]),
        z: written(shown.z[i]),
        kl: written(shown.kl[i]),
      }),
    );
  }
  const under = ({ clientX }) => {
    const box = board.getBoundingClientRect();
    return order[
      Math.max(
        0,
        Math.min(order.length - 1, Math.floor(((clientX - box.left) / box.width) * order.length)),
      )
    ];
  };
  const point_at = (event) => (shown ? void choose(under(event)) : false);
  stroke_of(board, { begin: point_at, move: point_at });
  board.addEventListener("keydown", (event) => {
    const at = order.indexOf(chosen),
      to = {
        ArrowLeft: at - 1,
        ArrowDown: at - 1,
        ArrowRight: at + 1,
        ArrowUp: at + 1,
        Home: 0,
        End: order.length - 1,
      }[event.key];
    if (to === undefined || !shown) return;
    event.preventDefault();
    choose(order[Math.max(0, Math.min(order.length - 1, to))]);
  });
  return {
    element,
    show,
    point,
    arrange: (indices) => {
      order = indices;
      board.setAttribute("aria-valuemax", order.length);
    },
  };
}
