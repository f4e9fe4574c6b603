// The axis of the loss.

/**
 * The axis of a loss: where it ends, a multiple of 50 nats that holds the loss and is at least 150,
 * and how far its ticks are apart.
 * @param {number} loss
 */
export function loss_axis(loss) {
  const end = Math.max(150, 50 * Math.ceil(loss / 50));
  return { end, step: end > 400 ? 100 : 50 };
}
