// The attention weights of one head as a picture: a row for each character, framed where its answer
// stands. What the mask hides is struck through.

const CELL = 44; // pixels of the canvas, which the screen shows smaller

/**
 * @param {HTMLCanvasElement} canvas
 * @param {string[]} characters T of them
 * @param {Uint8Array} weights (T, T), 255 for 1
 * @param {boolean} masked
 */
export function paint_weights(canvas, characters, weights, masked) {
  const side = characters.length,
    style = getComputedStyle(canvas),
    tone = (name) => style.getPropertyValue(`--${name}`);
  canvas.width = canvas.height = (side + 1) * CELL;
  const context = canvas.getContext("2d");
  name_characters(context, characters, tone("data"));
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const box = { x: (column + 1) * CELL + 2, y: (row + 1) * CELL + 2, width: CELL - 4 };
      const hidden = masked && column > row;
      fill(context, box, tone("line"), hidden ? 0.35 : 0.6);
      const share = weights[row * side + column] / 255;
      if (hidden) strike_out(context, box, tone("soft"));
      else fill(context, box, tone("attention"), share ** 0.7);
      if (column === row + 1) frame(context, box, tone("ink"));
    }
}

function name_characters(context, characters, colour) {
  Object.assign(context, {
    font: `${0.76 * CELL}px "IBM Plex Mono", ui-monospace, monospace`,
    textAlign: "center",
    textBaseline: "middle",
    fillStyle: colour,
  });
  characters.forEach((character, at) => {
    const text = window.aigc.visible(character);
    context.fillText(text, (at + 1.5) * CELL, CELL / 2);
    context.fillText(text, CELL / 2, (at + 1.5) * CELL);
  });
}

function fill(context, { x, y, width }, colour, alpha) {
  Object.assign(context, { globalAlpha: alpha, fillStyle: colour });
  context.fillRect(x, y, width, width);
  context.globalAlpha = 1;
}

function strike_out(context, { x, y, width }, colour) {
  Object.assign(context, { lineWidth: 2, strokeStyle: colour });
  context.beginPath();
  context.moveTo(x + 10, y + width - 10);
  context.lineTo(x + width - 10, y + 10);
  context.stroke();
}

function frame(context, { x, y, width }, colour) {
  Object.assign(context, { lineWidth: 4, strokeStyle: colour });
  context.strokeRect(x + 1, y + 1, width - 2, width - 2);
}
