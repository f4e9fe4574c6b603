// A picture out of a visitor's file, which the server reads.

/**
 * What the server answers: a PNG data URI, or what is wrong with the file. See pad.py's receive.
 * @typedef {{ drawing?: string, problem?: Both }} Received
 */

/**
 * Return a hidden field for a file. take(picture) receives it as a data URI; report(text) what is
 * wrong with it.
 * @param {Words} words
 * @param {number} limit bytes
 * @param {object} given
 * @param {(data: string) => Promise<Received>} given.send
 * @param {(picture: string) => void} given.take
 * @param {(problem: string) => void} given.report
 */
export function picture_upload(words, limit, { send, take, report }) {
  const { make, say } = window.aigc;
  const file = make("input", {
    type: "file",
    accept: "image/*",
    hidden: "",
    "aria-label": say(words.open),
  });
  const reader_of = () => {
    const reader = new FileReader();
    reader.onerror = () => report(say(words.lost));
    reader.onload = async () => {
      const answer = await send(/** @type {string} */ (reader.result)).catch(() => null);
      if (answer?.drawing) take(answer.drawing);
      else report(say(answer ? answer.problem : words.lost));
    };
    return reader;
  };
  file.addEventListener("change", () => {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    if (chosen.size <= limit) {
      reader_of().readAsDataURL(chosen);
      return;
    }
    const [length, most] = [chosen.size, limit].map((bytes) => bytes.toLocaleString("en"));
    report(say(words.too_long, { length, limit: most }));
  });
  return file;
}
