// What all planes share: numbers out of base64, places on a canvas, a field of two colours with the
// line of its middle.
export const EXTENT = 3,
  SIDE = 40,
  HALF = 65535 / 2;
export const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
export function places(text) {
  const flat = new Int16Array(bytes(text).buffer);
  return Array.from({ length: flat.length / 2 }, (_, i) => [
    flat[2 * i] / 1000,
    flat[2 * i + 1] / 1000,
  ]);
}
export const tone = (name) => getComputedStyle(document.body).getPropertyValue(`--${name}`).trim();

// A square canvas that shows the plane; `size` pixels a side.
export function plane_canvas(size, attributes) {
  const canvas = window.aigc.make("canvas", { width: size, height: size, ...attributes }),
    context = canvas.getContext("2d");
  const scale = size / (2 * EXTENT),
    at = ([x, y]) => [(x + EXTENT) * scale, (EXTENT - y) * scale];
  const small = document.createElement("canvas");
  small.width = small.height = SIDE;

  // The field: teal where D says real, coral where it says generated, the paler the less sure.
  function field(map) {
    const values = new Uint16Array(bytes(map).buffer),
      pixels = new ImageData(SIDE, SIDE),
      brush = small.getContext("2d");
    const [real, fake] = ["data", "generated"].map((name) =>
      tone(name)
        .match(/\w\w/g)
        .map((pair) => parseInt(pair, 16)),
    );
    values.forEach((value, i) =>
      pixels.data.set(
        [...(value > HALF ? real : fake), (140 * Math.abs(value - HALF)) / HALF],
        4 * i,
      ),
    );
    brush.putImageData(pixels, 0, 0);
    context.drawImage(small, 0, 0, size, size);
    contour(values);
  }
  // Where D = 0.5, by marching squares.
  function contour(values) {
    const cell = size / SIDE;
    const between = (i, j) => {
      const share = (HALF - values[i]) / (values[j] - values[i]);
      return [i, j]
        .map((k) => [(k % SIDE) + 0.5, Math.floor(k / SIDE) + 0.5])
        .reduce(([x, y], [u, v]) => [(x + share * (u - x)) * cell, (y + share * (v - y)) * cell]);
    };
    stroke(
      "ink",
      2.5,
      () => {
        for (let row = 0; row < SIDE - 1; row++)
          for (let column = 0; column < SIDE - 1; column++) {
            const i = row * SIDE + column,
              corners = [i, i + 1, i + SIDE + 1, i + SIDE];
            const crossed = corners
              .map((corner, k) => [corner, corners[(k + 1) % 4]])
              .filter(([a, b]) => values[a] > HALF !== values[b] > HALF)
              .map(([a, b]) => between(a, b));
            for (let k = 0; k + 1 < crossed.length; k += 2) {
              context.moveTo(...crossed[k]);
              context.lineTo(...crossed[k + 1]);
            }
          }
      },
      [7, 6],
    );
  }
  function stroke(colour, width, path, dash = []) {
    Object.assign(context, {
      strokeStyle: tone(colour),
      lineWidth: width,
      lineCap: "round",
      lineJoin: "round",
    });
    context.setLineDash(dash);
    context.beginPath();
    path();
    context.stroke();
  }
  // Dots are real, diamonds generated: never colour alone.
  function marks(points, colour, radius) {
    Object.assign(context, { fillStyle: tone(colour), strokeStyle: tone("sheet"), lineWidth: 1.2 });
    context.setLineDash([]);
    for (const [x, y] of points.map(at)) {
      context.beginPath();
      if (colour === "data") context.arc(x, y, radius, 0, 7);
      else
        [
          [0, -1.3],
          [1.3, 0],
          [0, 1.3],
          [-1.3, 0],
        ].forEach(([u, v], i) => context[i ? "lineTo" : "moveTo"](x + radius * u, y + radius * v));
      context.closePath();
      context.fill();
      context.stroke();
    }
  }
  function net(points) {
    const side = Math.round(points.length ** 0.5),
      spots = points.map(at);
    stroke("latent", 1.6, () => {
      for (const step of [1, side])
        spots.forEach((spot, i) => {
          const last = step === 1 ? i % side === side - 1 : i >= side * (side - 1);
          if (!last) {
            context.moveTo(...spot);
            context.lineTo(...spots[i + step]);
          }
        });
    });
  }
  // Where G's points are pulled: the longer the stronger, up to 0.8.
  function arrows(points, pulls) {
    stroke("loss", 2.5, () =>
      pulls.forEach(([u, v], i) => {
        const strength = Math.hypot(u, v),
          long = 0.8 * Math.tanh(strength / 1.5);
        if (long * scale < 2) return;
        const [from, to] = [
          points[i],
          points[i].map((x, k) => x + (long / strength) * [u, v][k]),
        ].map(at);
        const turn = Math.atan2(to[1] - from[1], to[0] - from[0]),
          head = Math.min(9, (long * scale) / 2);
        context.moveTo(...from);
        context.lineTo(...to);
        for (const side of [2.6, -2.6]) {
          context.moveTo(...to);
          context.lineTo(
            to[0] + head * Math.cos(turn + side),
            to[1] + head * Math.sin(turn + side),
          );
        }
      }),
    );
  }
  const clear = () => context.clearRect(0, 0, size, size);
  const fade = (alpha) => (context.globalAlpha = alpha);
  return { canvas, clear, fade, field, marks, net, arrows, stroke, at, context };
}
