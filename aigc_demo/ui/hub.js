// A model of the Hub: what its download would be, how far it has come, or that it is here. value:
// see hub.py's `look` and `fetch`.

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing offer";
  root.setAttribute("aria-live", "polite");

  const megabytes = (bytes) => `${number(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;
  const row = (key, text) =>
    make("div", {}, make("dt", {}, say(words[key])), make("dd", { translate: "no" }, text));
  const line = (key, values) => make("p", {}, say(words[key], values));
  const time = (seconds) =>
    seconds < 90
      ? say(words.seconds, { count: Math.ceil(seconds) })
      : say(words.minutes, { count: number(seconds / 60, 0) });
  const WORTH = 100_000; // bytes: less are its configurations, which the look alone brings
  let resting = true; // nothing is coming: stopped, or broken off

  function facts(value) {
    if (!value.size) return [];
    const licence =
      value.licence === undefined ? [] : [row("licence", value.licence ?? say(words.no_licence))];
    return [
      make(
        "dl",
        {},
        row("files", `${value.files} · ${megabytes(value.size)}`),
        ...licence,
        row("commit", value.commit.slice(0, 12)),
      ),
    ];
  }
  function progress(value) {
    if (value.here || !value.done || (resting && (value.done < WORTH || value.done === value.size)))
      return [];
    const { done, size, rate } = value,
      left = size - done,
      share = `${number((100 * done) / size, 0)} %`;
    const bar = make(
      "div",
      {
        class: "progress",
        role: "progressbar",
        "aria-valuemin": 0,
        "aria-valuemax": 100,
        "aria-valuenow": Math.floor((100 * done) / size),
        "aria-label": share,
      },
      make("i", { style: `width: ${(100 * done) / size}%` }),
    );
    const told = resting
      ? line("resting", { done: megabytes(done), total: megabytes(size) })
      : line("progress", {
          done: megabytes(done),
          total: megabytes(size),
          rate: number(rate / 1e6, rate < 1e7 ? 1 : 0),
        });
    return [
      bar,
      told,
      ...(resting || !rate
        ? []
        : [line("left", { left: megabytes(left), time: time(left / rate) })]),
    ];
  }
  function draw() {
    const value = props.value;
    root.classList.toggle("present", Boolean(value?.here));
    if (!value?.repo) return void root.replaceChildren(line("nothing"));
    const word = value.here
      ? "here"
      : !value.size
        ? "absent"
        : !resting
          ? "coming"
          : value.done >= WORTH
            ? "part"
            : "offered";
    root.replaceChildren(
      make("p", { class: "name", translate: "no" }, ...(value.here ? ["✓ "] : []), value.repo),
      line(word),
      ...facts(value),
      ...progress(value),
    );
  }
  Object.defineProperty(root, "repo", { configurable: true, get: () => props.value?.repo ?? "" });
  root.rest = () => {
    resting = true;
    draw();
  }; // nothing is lost: what came is kept
  watch("value", () => {
    resting = props.value?.rate === undefined;
    draw();
  });
  draw();
}
