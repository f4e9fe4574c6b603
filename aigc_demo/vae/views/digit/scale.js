// Where bars stand and how long they are, as shares of their plot; and the axis of the loss.

/**
 * Where a value lies between two others, from 0 to 1; beyond them, at the end.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function share_between(value, low, high) {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}

/**
 * The bar of a value, from 0 to it, on a plot that reaches from `low` to `high`.
 * @param {number} value
 * @param {[number, number]} range
 * @returns {{ bottom: number, height: number }} shares of the plot's height
 */
export function bar_from_zero(value, [low, high]) {
  const zero = share_between(0, low, high),
    end = share_between(value, low, high);
  return { bottom: Math.min(end, zero), height: Math.abs(end - zero) };
}

/**
 * The axis of a loss: where it ends, a multiple of 50 nats that holds the loss and is at least 150,
 * and how far its ticks are apart.
 * @param {number} loss
 */
export function loss_axis(loss) {
  const end = Math.max(150, 50 * Math.ceil(loss / 50));
  return { end, step: end > 400 ? 100 : 50 };
}
