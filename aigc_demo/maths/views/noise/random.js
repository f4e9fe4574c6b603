// Random numbers that are the same at every visit.

/**
 * Uniform numbers in [0, 1): Mulberry32.
 * @param {number} seed
 * @returns {() => number}
 */
export function uniform_numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * `count` standard normal numbers: Box-Muller.
 * @param {number} seed
 * @param {number} count
 */
export function normal_numbers(seed, count) {
  const uniform = uniform_numbers(seed);
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}
