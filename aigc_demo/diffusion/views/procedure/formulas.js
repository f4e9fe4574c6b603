// The formulas of the six steps, with the numbers of the picture that is chosen; as stepper.js's
// `formula` reads them. Numbers come as text.

const GAP = "     ";

/**
 * Return how much of the picture is left at a level, √ᾱ, and how much noise is added, √(1 − ᾱ).
 * @param {number} alpha_bar
 */
export const shares = (alpha_bar) => ({
  keep: Math.sqrt(alpha_bar),
  add: Math.sqrt(1 - alpha_bar),
});

/** @param {string} label */
export const sampled = (label) =>
  ["|data:x_{0}| ∼ q( x | y )", `y = ${label}`, "t ∼ U{ 0 … 999 }", "|noise:ε| ∼ N( 0, I )"].join(
    GAP,
  );

/**
 * @param {string} keep
 * @param {string} add
 * @param {number} t
 */
export const noised = (keep, add, t) =>
  "|noise:x_{t}| = √ᾱ_{t} |data:x_{0}| + √(1 − ᾱ_{t}) |noise:ε|" +
  ` = ${keep} |data:x_{0}| + ${add} |noise:ε|${GAP}t = ${t}`;

export const given = [
  "|generated:v̂| = v_{θ}( |noise:x_{t}| , t , y )",
  "t ↦ sin( t f_{k} ), cos( t f_{k} )",
].join(GAP);

/**
 * @param {string} keep
 * @param {string} add
 */
export const predicted = (keep, add) =>
  "|generated:x̂_{0}| = √ᾱ_{t} |noise:x_{t}| − √(1 − ᾱ_{t}) |generated:v̂|" +
  ` = ${keep} |noise:x_{t}| − ${add} |generated:v̂|`;

/**
 * @param {number} place of the picture, from 1
 * @param {string} loss of the picture
 * @param {string[]} terms the losses of the first pictures
 * @param {number} count of pictures
 * @param {string} mean of all losses
 */
export const measured = (place, loss, terms, count, mean) =>
  `|loss:ℓ_{${place}}| = 1/784 · ∑ ( |generated:v̂| − |latent:v| )^{2} = |loss:${loss}|` +
  `${GAP}|loss:L| = 1/${count} · ( ${terms.join(" + ")} + … ) = |loss:${mean}|`;

/**
 * @param {string} clip
 * @param {string} norm of the gradient
 * @param {number} learning_rate
 */
export const updated = (clip, norm, learning_rate) =>
  `ĝ = g · min( 1, 1 / ‖g‖ ) = g · ${clip}${GAP}w ← w − η ĝ` +
  `${GAP}‖ g ‖ = ${norm}${GAP}η = ${learning_rate}`;
