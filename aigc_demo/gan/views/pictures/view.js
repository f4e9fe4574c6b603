// Pictures with the discriminator's verdict under each. value: see page.py's `sample`.

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const root = element.querySelector(".drawing");
  root.className = "drawing verdicts";
  root.append(make("p", { class: "waking" }, say(props.words.waking)));
  const draw = () => {
    const value = props.value;
    if (!value || value.problem) return;
    const sheet = new Image();
    sheet.onload = () => {
      if (props.value !== value) return;
      root.style.setProperty("--columns", value.columns);
      root.replaceChildren(
        ...value.verdicts.map((verdict, i) => {
          const canvas = make("canvas", {
            width: value.width,
            height: value.height,
            class: "picture ink",
            role: "img",
            "aria-label": say(value.descriptions[i]),
          });
          const x = (i % value.columns) * value.width,
            y = Math.floor(i / value.columns) * value.height;
          canvas
            .getContext("2d")
            .drawImage(sheet, x, y, value.width, value.height, 0, 0, value.width, value.height);
          const bar = make("span", { class: "verdict", style: `--verdict: ${verdict}` });
          return make(
            "figure",
            { title: say(value.descriptions[i]) },
            canvas,
            bar,
            make("figcaption", {}, number(verdict, 2)),
          );
        }),
      );
    };
    sheet.src = value.sheet;
  };
  watch("value", draw);
  draw();
}
