// Quality against steps: a line a sampler, as measured; a marker where the sliders stand. value: see quality.py's quality.
const { make, say, number } = window.aigc;
const words = props.words;
const root = element.querySelector(".drawing");
root.className = "drawing quality";
const plot = make("div", { class: "plot", role: "img" }), table = make("table", { translate: "no" }), said = make("p", { class: "said" });
root.append(make("div", { class: "sides" }, make("div", {}, make("p", { class: "axis" }, say(words.ordinate)), plot, make("p", { class: "axis below" }, say(words.abscissa))), table), said);

function draw() {
  const value = props.value;
  root.hidden = !value?.samplers;
  if (root.hidden) return;
  const { samplers, real, sampler } = value, all = Object.values(samplers).flat();
  const counts = [...new Set(all.map(([steps]) => steps))].sort((a, b) => a - b), steps = Math.max(1, value.steps || 1);
  const ends = [counts[0], counts.at(-1)], [low, high] = [0.85 * Math.min(real ?? Infinity, ...all.map(([, distance]) => distance)), 1.15 * Math.max(...all.map(([, distance]) => distance))];
  const x = (count) => (100 * Math.log(Math.min(ends[1], Math.max(ends[0], count)) / ends[0])) / Math.log(ends[1] / ends[0]);
  const y = (distance) => 100 * (1 - Math.log(distance / low) / Math.log(high / low));
  const nearest = (points) => points.reduce((best, point) => (Math.abs(Math.log(point[0] / steps)) < Math.abs(Math.log(best[0] / steps)) ? point : best));
  const short = (distance) => number(distance, distance < 100 ? 1 : 0);

  const lines = Object.entries(samplers).sort(([name]) => (name === sampler ? 1 : -1)).map(([name, points]) =>  // the chosen one above the others
    make("polyline", { class: name === sampler ? "chosen" : "other", points: points.map(([count, distance]) => `${x(count)},${y(distance)}`).join(" ") }));
  const levels = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].filter((level) => level >= low && level <= high);
  plot.replaceChildren(
    make("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, ...lines),
    ...levels.map((level) => make("span", { class: "level", style: `top: ${y(level)}%` }, level)),
    ...counts.map((count) => make("span", { class: "tick", style: `left: ${x(count)}%` }, count)),
    ...(real ? [make("div", { class: "real", style: `top: ${y(real)}%` }, make("span", {}, `${say(words.real)} ${short(real)}`))] : []),
    make("div", { class: "marker", style: `left: ${x(steps)}%` }),
  );
  const chosen = samplers[sampler] ? nearest(samplers[sampler]) : null;
  if (chosen) plot.append(...samplers[sampler].map(([count, distance]) => make("i", { class: count === chosen[0] ? "dot" : "point", style: `left: ${x(count)}%; top: ${y(distance)}%` })));

  const rows = Object.entries(samplers).map(([name, points]) => [name, ...nearest(points)]).sort((a, b) => a[2] - b[2]);
  table.replaceChildren(
    make("thead", {}, make("tr", {}, ...["sampler", "steps", "distance"].map((word) => make("th", { scope: "col" }, say(words[word]))))),
    make("tbody", {}, ...rows.map(([name, count, distance]) => make("tr", { class: name === sampler ? "chosen" : "" }, make("th", { scope: "row" }, name), make("td", {}, count), make("td", {}, short(distance))))),
  );
  const text = chosen ? say(words.chosen, { sampler, steps: chosen[0], distance: short(chosen[1]) }) : "";
  said.textContent = `${text} ${say(words.how, { samples: value.samples, guidance: value.guidance })}`;
  plot.setAttribute("aria-label", `${say(words.ordinate)}. ${text}`);
}
watch("value", draw);
draw();
