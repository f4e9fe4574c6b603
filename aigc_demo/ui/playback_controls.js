// The bar under what moves: back, play, forward, scrub, counter, speed, repeat. The arrow keys
// step, space plays.

const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** Return a maker of the bar's buttons: text, its word, what a click does. */
function button_maker(bar, words) {
  const { make, say } = window.aigc;
  return (text, word, act) => {
    const attributes = { type: "button", "aria-label": say(words[word]), title: say(words[word]) };
    const button = make("button", attributes, text);
    button.addEventListener("click", act);
    bar.append(button);
    return button;
  };
}

/** The choice of the speed, as a factor. */
function speed_of(words) {
  const { make, say } = window.aigc;
  const speed = make("select", { "aria-label": say(words.speed), title: say(words.speed) });
  for (const factor of SPEEDS)
    speed.append(
      make("option", { value: factor, ...(factor === 1 ? { selected: "" } : {}) }, `${factor}×`),
    );
  return speed;
}

/** The button that lets the film begin again at its end. */
function repeat_of(words) {
  const { make, say } = window.aigc;
  const repeat = make(
    "button",
    {
      type: "button",
      class: "loop",
      "aria-pressed": "false",
      "aria-label": say(words.loop),
      title: say(words.loop),
    },
    "⟳",
  );
  const pressed = () => repeat.getAttribute("aria-pressed") === "true";
  repeat.addEventListener("click", () => repeat.setAttribute("aria-pressed", String(!pressed())));
  return { repeat, pressed };
}

/** Let the keys of `root` act; what is written or chosen in keeps all but the space bar. */
function listen_to_keys(root, acts, { ready, pause }) {
  root.addEventListener("keydown", (event) => {
    const { tagName } = /** @type {HTMLElement} */ (event.target);
    if (["SELECT", "INPUT"].includes(tagName) && event.key !== " ") return;
    const act = acts[event.key];
    if (!act || !ready() || (event.key === " " && tagName === "BUTTON")) return;
    event.preventDefault();
    if (event.key !== " ") pause();
    act();
  });
}

/**
 * Return the bar and what moves it.
 * @param {HTMLElement} root takes the keys
 * @param {Words} words
 * @param {(frame: number, by: -1 | 0 | 1) => string} show draws a frame, reached by a step of one
 *   (±1) or a jump (0), and returns what it shows in words
 */
export function playback_controls(root, words, show) {
  const { make, say } = window.aigc;
  const bar = make("div", { class: "bar" });
  bar.hidden = true;
  let frames = 0,
    per_second = 1,
    frame = 0,
    playing = false,
    last = 0;

  const button = button_maker(bar, words);
  button("‹", "back", () => step(-1));
  const play = button("▶", "play", () => (playing ? pause() : start()));
  play.classList.add("play");
  button("›", "forward", () => step(1));
  const range = { type: "range", min: 0, max: 1, step: 1, value: 0 };
  const scrub = make("input", { ...range, "aria-label": say(words.scrub) });
  scrub.addEventListener("input", () => {
    pause();
    go(+scrub.value);
  });
  const counter = make("output", { class: "counter" });
  const speed = speed_of(words);
  const { repeat, pressed: repeats } = repeat_of(words);
  bar.append(scrub, counter, speed, repeat);
  const acts = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: () => go(0),
    End: () => go(frames - 1),
    " ": () => play.click(),
  };
  listen_to_keys(root, acts, { ready: () => frames > 0, pause });

  /** Milliseconds from one frame to the next. */
  const period = () => 1000 / (per_second * +speed.value);
  function start() {
    if (!frames) return;
    if (frame >= frames - 1) go(0);
    playing = true;
    last = performance.now();
    play.textContent = "❚❚";
    play.setAttribute("aria-label", say(words.pause));
    requestAnimationFrame(tick);
  }
  function pause() {
    playing = false;
    play.textContent = "▶";
    play.setAttribute("aria-label", say(words.play));
  }
  function tick(now) {
    if (!playing || !root.isConnected) return;
    // under a closed tab it waits to be seen
    if (now - last >= period() && window.aigc.shown(root)) {
      last = now;
      if (frame + 1 < frames) go(frame + 1);
      else if (repeats()) go(0);
      else return pause();
    }
    requestAnimationFrame(tick);
  }
  function step(by) {
    pause();
    if (frames) go(Math.max(0, Math.min(frames - 1, frame + by)));
  }
  function go(index) {
    const by = index - frame;
    frame = index;
    scrub.value = String(index);
    counter.textContent = `${index + 1} / ${frames}`;
    scrub.setAttribute("aria-valuetext", show(index, by === 1 || by === -1 ? by : 0));
  }
  /** Begin anew with a film of `count` frames, `rate` of them a second. */
  function open(count, rate) {
    pause();
    [frames, per_second, scrub.max, bar.hidden] = [count, rate, String(count - 1), false];
  }
  return { bar, button, open, go, start, pause, frame: () => frame, period };
}
