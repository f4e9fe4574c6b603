// The contest: a row a generator, its eight pictures and its figures; under them the three axes. value: see contest.py's contest.
const { make, say, number } = window.aigc;
const words = props.words;
const root = element.querySelector(".drawing");
root.className = "drawing contest";
const COLOURS = { gan: "generated", vae: "latent", few: "noise", many: "noise" };
const waking = make("p", { class: "waking" }, say(words.waking)), body = make("div"), axes = trilemma(words, COLOURS);
const hint = make("p", { class: "hint" });
const below = make("section", { class: "below" }, make("h3", {}, say(words.trilemma)), axes.element, make("p", { class: "said" }, say(words.trilemma_said)));
below.hidden = true;
root.append(waking, body, hint, below);

const shown = {
  time: (entry) => duration(entry.milliseconds),
  right: ({ right }) => (right === null ? say(words.chosen) : `${Math.round(100 * right)} %`),
  diversity: ({ diversity }) => (diversity === null ? "–" : number(diversity, 1)),
  fid: ({ fid }) => (fid ? number(fid, 1) : "–"),
};
function note(name, entry, { digit }) {
  const weights = say(words.weights, { weights: number(entry.weights, 0) });
  const how = name === "vae" ? say(words.vae_note, { drawn: entry.drawn, digit, kept: entry.reads.length }) : name === "gan" ? say(words.gan_note) : say(words.steps_note, { steps: entry.steps });
  return entry.weights ? how + weights : how;
}
function row(name, value) {
  const entry = value.entries[name];
  const pictures = make("div", { class: "pictures" });
  const tiles = entry.reads.map((read) => {
    const canvas = tile(say(words.reads, { digit: read })), wrong = read !== value.digit;
    const figure = make("figure", { class: wrong ? "wrong" : "" }, make("span", { class: "frame" }, canvas), make("figcaption", { "aria-hidden": "true" }, wrong ? `≠ ${read}` : read));
    pictures.append(figure);
    return [figure, canvas];
  });
  if (entry.sheet) sprite(entry.sheet, (sheet) => tiles.forEach(([, canvas], i) => cut(canvas, sheet, i)));
  if (entry.nearest) sprite(entry.nearest, (sheet) => tiles.forEach(([figure], i) => {
    const twin = tile(say(words.nearest));
    cut(twin, sheet, i);
    figure.firstChild.append(make("span", { class: "twin" }, twin));
  }));
  const figures = Object.entries(shown).map(([key, of]) => make("div", { class: key }, make("dd", {}, of(entry)), make("dt", {}, say(words[key]))));
  if (entry.apart) figures.push(make("div", { class: "apart" }, make("dd", {}, number(entry.apart, 1)), make("dt", {}, say(words.apart))));
  return make("section", { class: `row ${COLOURS[name]}`, "data-name": name }, make("h3", {}, say(words[name]), make("span", {}, note(name, entry, value))), pictures, make("dl", {}, ...figures));
}
function draw() {
  const value = props.value;
  if (!value?.entries) return;
  waking.hidden = true;
  body.replaceChildren(...Object.keys(value.entries).map((name) => row(name, value)));
  root.dataset.seed = value.seed;
  root.dataset.digit = value.digit;
  root.dataset.finished = value.finished;
  hint.textContent = say(value.nearest ? words.nearest : words.no_data);
  below.hidden = !value.finished;
  if (value.finished) axes.show(value);
}
watch("value", draw);
draw();
