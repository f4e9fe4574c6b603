// A model of the Hub: what its download would be, how far it has come, or that it is here.

const WORTH = 100_000; // bytes: less are its configurations, which the look alone brings

/** What hub.py's `look` and `fetch` make; without a repo there is nothing to offer.
 * @typedef {object} Offer
 * @property {string} [repo]
 * @property {boolean} [here]
 * @property {number} [size] bytes
 * @property {number} [files]
 * @property {string | null} [licence]
 * @property {string} [commit]
 * @property {number} [done] bytes that are here
 * @property {number} [rate] bytes a second: it is coming
 */

/** Its box: what is asked of it, and that nothing is coming any more.
 * @typedef {HTMLElement & {repo?: string, rest?(): void}} Box
 */

/**
 * Return the word for the state of a download.
 * @param {Offer} offer
 * @param {boolean} resting nothing is coming
 */
export function state_of({ here, size, done }, resting) {
  if (here) return "here";
  if (!size) return "absent";
  if (!resting) return "coming";
  return done >= WORTH ? "part" : "offered";
}

/**
 * Return whether it is told how far the download has come.
 * @param {Offer} offer
 * @param {boolean} resting nothing is coming
 */
export function has_progress({ here, size, done }, resting) {
  if (here || !done) return false;
  return !resting || (done >= WORTH && done !== size);
}

/** @param {Given<Offer>} given */
export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  /** @type {Box} */
  const root = element.querySelector(".drawing");
  root.className = "drawing offer";
  root.setAttribute("aria-live", "polite");

  const digits = (bytes) => (bytes < 1e7 ? 1 : 0);
  const megabytes = (bytes) => `${number(bytes / 1e6, digits(bytes))} MB`;
  const row = (key, text) =>
    make("div", {}, make("dt", {}, say(words[key])), make("dd", { translate: "no" }, text));
  const line = (key, values = {}) => make("p", {}, say(words[key], values));
  const time = (seconds) =>
    seconds < 90
      ? say(words.seconds, { count: Math.ceil(seconds) })
      : say(words.minutes, { count: number(seconds / 60, 0) });
  let resting = true; // nothing is coming: stopped, or broken off

  function facts(/** @type {Offer} */ { size, files, licence, commit }) {
    if (!size) return [];
    const rows = [row("files", `${files} · ${megabytes(size)}`)];
    if (licence !== undefined) rows.push(row("licence", licence ?? say(words.no_licence)));
    return [make("dl", {}, ...rows, row("commit", commit.slice(0, 12)))];
  }
  function bar(percent) {
    const attributes = {
      class: "progress",
      role: "progressbar",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": Math.floor(percent),
      "aria-label": `${number(percent, 0)} %`,
    };
    return make("div", attributes, make("i", { style: `width: ${percent}%` }));
  }
  function progress(/** @type {Offer} */ offer) {
    if (!has_progress(offer, resting)) return [];
    const { done, size, rate } = offer;
    const sizes = { done: megabytes(done), total: megabytes(size) };
    const begun = bar((100 * done) / size);
    if (resting) return [begun, line("resting", sizes)];
    const coming = line("progress", { ...sizes, rate: number(rate / 1e6, digits(rate)) });
    const left = size - done;
    const rest = rate ? [line("left", { left: megabytes(left), time: time(left / rate) })] : [];
    return [begun, coming, ...rest];
  }
  function draw() {
    const offer = props.value;
    root.classList.toggle("present", Boolean(offer?.here));
    if (!offer?.repo) return void root.replaceChildren(line("nothing"));
    root.replaceChildren(
      make("p", { class: "name", translate: "no" }, ...(offer.here ? ["✓ "] : []), offer.repo),
      line(state_of(offer, resting)),
      ...facts(offer),
      ...progress(offer),
    );
  }
  Object.defineProperty(root, "repo", { configurable: true, get: () => props.value?.repo ?? "" });
  // nothing is lost: what came is kept
  root.rest = () => {
    resting = true;
    draw();
  };
  watch("value", () => {
    resting = props.value?.rate === undefined;
    draw();
  });
  draw();
}
