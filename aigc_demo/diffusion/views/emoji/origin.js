// Where a result comes from: what the training set held of the prompt's words.

/**
 * A word of the prompt.
 * @typedef {object} Word
 * @property {string} word
 * @property {string[]} taught training emoji that the word names
 */

/**
 * Return which sentence tells where the words come from, and the training emoji that it shows: of
 * one word those that taught it, of several those that all of them name, where there are any.
 * @param {Word[]} words
 * @param {string[]} together training emoji that all words name
 * @returns {{ key: "alone" | "together" | "never", emoji: string[] }}
 */
export function origin(words, together) {
  if (words.length === 1) return { key: "alone", emoji: words[0].taught };
  return { key: together.length ? "together" : "never", emoji: together };
}

/**
 * Return the places of one picture's maps on a sheet that holds `channels` of them a picture.
 * @param {number} picture
 * @param {number} channels
 */
export const places_of = (picture, channels) =>
  Array.from({ length: channels }, (_, channel) => picture * channels + channel);
