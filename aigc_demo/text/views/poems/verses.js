// The form of a poem.

/**
 * The lines of a poem as verses: two lines make one, and have their marks.
 * @param {string[]} lines
 * @returns {string[][]}
 */
export function verses(lines) {
  const made = [];
  for (let i = 0; i < lines.length; i += 2) {
    const [first, second] = lines.slice(i, i + 2);
    made.push(second === undefined ? [first] : [`${first}，`, `${second}。`]);
  }
  return made;
}
