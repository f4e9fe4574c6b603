// The button that plays the text, position after position.

const STEP = 450; // milliseconds a position

/**
 * The button, and what pauses. unread() says whether a position comes after the open one; step()
 * goes there, rewind() to the first. None is called before a text is open, which ready() says.
 * @param {HTMLElement} root
 * @param {Words} words
 * @param {Record<"ready" | "unread", () => boolean> & Record<"step" | "rewind", () => void>} text
 */
export function playback(root, words, { ready, unread, step, rewind }) {
  const { make, say } = window.aigc;
  const play = make("button", { type: "button", class: "play" });
  let playing = null;

  function start() {
    if (!ready()) return;
    if (!unread()) rewind();
    playing = setInterval(() => (unread() && root.isConnected ? step() : pause()), STEP);
    show();
  }
  function pause() {
    if (playing === null) return;
    clearInterval(playing);
    playing = null;
    show();
  }
  function show() {
    play.textContent = playing === null ? "▶" : "❚❚";
    play.setAttribute("aria-label", say(words[playing === null ? "play" : "pause"]));
    root.classList.toggle("playing", playing !== null);
  }
  play.addEventListener("click", () => (playing === null ? start() : pause()));
  show();
  return { play, pause };
}
