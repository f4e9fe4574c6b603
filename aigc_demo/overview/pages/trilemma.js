const duration = (milliseconds) => {
  const { number } = window.aigc;
  return milliseconds < 1000 ? `${number(milliseconds, milliseconds < 10 ? 2 : 0)} ms` : `${number(milliseconds / 1000, 2)} s`;
};
// Quality, diversity and speed of several generators: an axis each, the better end above, and a line a generator. All as measured.
function trilemma(words, colours) {
  const { make, say, number } = window.aigc;
  const element = make("div", { class: "trilemma" });
  const axes = {  // what an axis shows, whether less is better, whether it is logarithmic, how it is written
    speed: [({ milliseconds }) => milliseconds, true, true, duration],
    quality: [({ fid }) => fid, true, true, (value) => number(value, 1)],
    variety: [({ diversity }) => diversity, false, false, (value) => number(value, 1)],
  };
  const across = (column) => 2 + 36 * column;  // where an axis stands, in per cent of the width: what is written at the last needs room
  const under = { speed: words.per_picture, quality: words.distance, variety: words.features };

  // Where a value stands on an axis, from 0 (above, the best) to 100, the worst and the best of those shown being its ends.
  function scale(values, less, logarithmic) {
    const by = logarithmic ? Math.log : (value) => value, low = by(Math.min(...values)), high = by(Math.max(...values)), span = high - low || 1;
    return (value) => 6 + 88 * (less ? (by(value) - low) / span : (high - by(value)) / span);
  }
  function apart(places) {  // labels keep a line's height between them
    const sorted = [...places].sort((a, b) => a.y - b.y);
    sorted.forEach((place, i) => (place.at = i ? Math.max(place.y, sorted[i - 1].at + 9.5) : place.y));
    const over = sorted.at(-1).at - 97;
    if (over > 0) sorted.toReversed().forEach((place, i, all) => (place.at = Math.min(place.at - (i ? 0 : over), i ? all[i - 1].at - 9.5 : Infinity)));
    return places;
  }
  function show({ entries, real }) {
    const names = Object.keys(entries), kinds = Object.keys(axes), lines = names.map(() => []);
    const columns = kinds.map((kind, column) => {
      const [of, less, logarithmic, written] = axes[kind];
      const known = names.filter((name) => of(entries[name]) !== null && of(entries[name]) !== undefined);
      const reference = kind === "quality" && real ? [real] : [];
      const y = scale([...known.map((name) => of(entries[name])), ...reference], less, logarithmic);
      const places = apart(known.map((name) => ({ name, y: y(of(entries[name])) })));
      for (const { name, y } of places) lines[names.indexOf(name)].push(`${across(column)},${y}`);
      const x = `left: ${across(column)}%`;
      return [
        make("i", { class: "axis", style: x }),
        ...(reference.length ? [make("span", { class: "real data", style: `${x}; top: ${y(real)}%` }, `${say(words.real)} ${number(real, 1)}`)] : []),
        ...places.map(({ name, y }) => make("i", { class: `dot ${colours[name]} ${name}`, style: `${x}; top: ${y}%` })),
        ...places.map(({ name, at }) => make("span", { class: `mark ${colours[name]}`, style: `${x}; top: ${at}%` }, make("b", {}, written(of(entries[name]))), ` ${say(words[name])}`)),
      ];
    });
    element.replaceChildren(
      make("div", { class: "axes" }, ...kinds.map((kind) => make("p", {}, make("b", {}, say(words[kind])), make("small", {}, say(under[kind]))))),
      make("div", { class: "plot" },
        make("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, ...names.map((name, i) => make("polyline", { class: `${colours[name]} ${name}`, points: lines[i].join(" ") }))),
        ...columns.flat()));
  }
  return { element, show };
}
