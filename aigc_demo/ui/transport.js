// The bar under what moves: back, play, forward, scrub, counter, speed, repeat. The arrow keys
// step, space plays. show(frame, by) draws a frame, reached by a step of one (by = ±1) or a jump
// (0), and returns what it shows in words.
export function transport(root, words, show) {
  const { make, say } = window.aigc;
  const bar = make("div", { class: "bar" });
  bar.hidden = true;
  let frames = 0,
    pace = 1,
    frame = 0,
    playing = false,
    last = 0;

  const button = (text, word, act) => {
    const b = make(
      "button",
      { type: "button", "aria-label": say(words[word]), title: say(words[word]) },
      text,
    );
    b.addEventListener("click", act);
    bar.append(b);
    return b;
  };
  button("‹", "back", () => step(-1));
  const play = button("▶", "play", () => (playing ? pause() : start()));
  play.classList.add("play");
  button("›", "forward", () => step(1));
  const scrub = make("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 1,
    value: 0,
    "aria-label": say(words.scrub),
  });
  scrub.addEventListener("input", () => {
    pause();
    go(+scrub.value);
  });
  const counter = make("output", { class: "counter" });
  const speed = make("select", { "aria-label": say(words.speed), title: say(words.speed) });
  for (const factor of [0.25, 0.5, 1, 2, 4])
    speed.append(
      make("option", { value: factor, ...(factor === 1 ? { selected: "" } : {}) }, `${factor}×`),
    );
  const loop = make(
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
  loop.addEventListener("click", () =>
    loop.setAttribute("aria-pressed", loop.getAttribute("aria-pressed") !== "true"),
  );
  bar.append(scrub, counter, speed, loop);

  root.addEventListener("keydown", (event) => {
    if (["SELECT", "INPUT"].includes(event.target.tagName) && event.key !== " ") return;
    const act = {
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      Home: () => go(0),
      End: () => go(frames - 1),
      " ": () => play.click(),
    }[event.key];
    if (!act || !frames || (event.key === " " && event.target.tagName === "BUTTON")) return;
    event.preventDefault();
    if (event.key !== " ") pause();
    act();
  });

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
    if (now - last >= 1000 / (pace * +speed.value) && window.aigc.shown(root)) {
      // under a closed tab it waits to be seen
      last = now;
      if (frame + 1 < frames) go(frame + 1);
      else if (loop.getAttribute("aria-pressed") === "true") go(0);
      else return pause();
    }
    requestAnimationFrame(tick);
  }
  function step(by) {
    pause();
    if (frames) go(Math.max(0, Math.min(frames - 1, frame + by)));
  }
  function go(index) {
    const by = Math.abs(index - frame) === 1 ? index - frame : 0;
    frame = index;
    scrub.value = index;
    counter.textContent = `${index + 1} / ${frames}`;
    scrub.setAttribute("aria-valuetext", show(index, by));
  }
  // Begins anew with a film of `count` frames, `per_second` of them a second.
  function open(count, per_second) {
    pause();
    [frames, pace, scrub.max, bar.hidden] = [count, per_second, count - 1, false];
  }
  return {
    bar,
    button,
    open,
    go,
    start,
    pause,
    frame: () => frame,
    period: () => 1000 / (pace * +speed.value),
  };
}
