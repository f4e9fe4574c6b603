// One training step in six stages. All numbers come at once, so that stepping waits for nothing.
// value: see procedure.py's `train`.

import { formula, stepper, typeset } from "aigc/ui/stepper.js";

export default function mount({ element, props, watch }) {
  const { make, say, number, visible } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged procedure";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const STAGES = ["embed", "attend", "guess", "measure", "learn", "write"];
  const ROWS = 5; // characters whose vectors are seen at once
  let value = null,
    t = 0; // t: the character that was chosen, from 0
  let maps = null,
    layer = 0,
    head = 0;

  const signed = (x, digits) => number(x, digits).replace("-", "−");
  const percent = (p) =>
    p >= 0.0995 ? `${number(100 * p, 0)} %` : `${number(100 * p, p < 0.001 ? 3 : 1)} %`;
  const small = (x) =>
    Math.abs(x) >= 0.001 || x === 0
      ? signed(x, 4)
      : `${signed(x / 10 ** Math.floor(Math.log10(Math.abs(x))), 2)} · 10^${Math.floor(Math.log10(Math.abs(x)))}`.replace(
          "^-",
          "^−",
        );
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  // The rows of a packed matrix.
  function unpack({ shape: [rows, columns], float32 }) {
    const all = [...new Float32Array(bytes(float32).buffer)];
    return Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns));
  }
  const letter = (character) => make("span", { class: "letter" }, visible(character));
  const batch = make("div", { class: "batch", role: "group", "aria-label": say(words.batch) });
  const { frame, body, said, show } = stepper(STAGES, words, {
    before: batch,
    draw(name, stage) {
      batch.hidden = stage > 3;
      mark_batch(stage === 2 || stage === 3);
      return DRAW[name]();
    },
    arrow(by, event) {
      if (!batch.contains(event.target) && !event.target.closest(".losses")) return false;
      choose(t + by);
      (body.contains(event.target) ? body : batch).querySelector('[aria-pressed="true"]')?.focus();
      return true;
    },
  });

  function choose(at) {
    t = Math.max(0, Math.min(value.text.length - 2, at));
    show();
  }

  function draw_batch() {
    batch.replaceChildren(
      ...value.text.map((character, at) => {
        const button = make(
          "button",
          { type: "button", "aria-label": `${at + 1}: ${visible(character)}` },
          visible(character),
        );
        button.addEventListener("click", () => choose(at));
        return button;
      }),
    );
  }
  function mark_batch(predicts) {
    [...batch.children].forEach((button, at) => {
      button.setAttribute("aria-pressed", at === t);
      button.tabIndex = at === t ? 0 : -1;
      button.classList.toggle("target", at === t + 1 && predicts);
      button.disabled = at === value.text.length - 1; // it is only to be predicted
    });
  }
  const shown = (at) => visible(value.text[at]);
  const table = (head, rows) =>
    make(
      "table",
      {},
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          ...head.map((text) => (text ? make("th", { scope: "col" }, text) : make("td"))),
        ),
      ),
      make("tbody", {}, ...rows),
    );
  const bar = (share, ...classes) =>
    make("i", {
      class: ["bar", ...classes].join(" "),
      style: `--share: ${Math.max(0, Math.min(1, share))}`,
    });

  const DRAW = {
    // 1. The rows around the chosen character: id, vector, angles.
    embed() {
      const { vectors, ids, frequencies } = value,
        count = vectors.length;
      const begin = Math.max(0, Math.min(t - (ROWS >> 1), count - ROWS));
      const most = Math.max(...vectors.flat().map(Math.abs));
      const pairs = [0, 1, 2, 3].map((k) => Math.round((k * (frequencies.length - 1)) / 3));
      const rows = vectors.slice(begin, begin + ROWS).map((vector, index) => {
        const at = begin + index;
        const strip = make(
          "div",
          { class: "vector", "aria-hidden": "true" },
          ...vector.map((x) =>
            make("i", { class: x < 0 ? "down" : "up", style: `--x: ${Math.abs(x) / most}` }),
          ),
        );
        const dials = pairs.map((pair) => {
          const angle = at * frequencies[pair];
          return make(
            "span",
            { class: "dial", title: `${number(angle, 3)} rad` },
            make("i", { style: `transform: rotate(${angle}rad)` }),
          );
        });
        const row = make(
          "tr",
          at === t ? { class: "chosen" } : {},
          make("th", { scope: "row" }, make("sub", {}, `${at + 1}`), shown(at)),
          make("td", { class: "id" }, `${ids[at]}`),
          make("td", {}, strip),
          make("td", { class: "dials" }, ...dials),
        );
        row.addEventListener("click", () => choose(at));
        return row;
      });
      said.textContent = say(words.embed_said, {
        character: shown(t),
        id: ids[t],
        width: value.width,
        shown: vectors[t].length,
        t,
        slowest: number(t * frequencies.at(-1), 3),
      });
      return [
        formula(
          "|latent:x_{t}| = E[ |data:id_{t}| ]     q_{t}, k_{t} ↦ R(θ) q_{t}, R(θ) k_{t}     θ_{j} = t · 10000^{−2j/D}",
        ),
        make(
          "div",
          { class: "scroll" },
          table(
            [say(words.character), say(words.token), say(words.vector), say(words.angle)],
            rows,
          ),
        ),
      ];
    },

    // 2. One head: what the chosen character looks back at, the whole map; and how long its vector
    // is after each layer.
    attend() {
      const [layers, H, T] = value.maps.shape,
        at = Math.min(t, T - 1);
      const weight = (row, column) => maps[((layer * H + head) * T + row) * T + column] / 255;
      const pick = (word, count, current, set) => {
        const select = make(
          "select",
          { "aria-label": say(words[word]) },
          ...Array.from({ length: count }, (_, n) =>
            make(
              "option",
              { value: n, ...(n === current ? { selected: "" } : {}) },
              `${say(words[word])} ${n + 1}`,
            ),
          ),
        );
        select.addEventListener("change", () => {
          set(+select.value);
          show();
          body.querySelectorAll("select")[word === "head" ? 1 : 0].focus();
        });
        return select;
      };
      const row = Array.from({ length: at + 1 }, (_, column) => weight(at, column)),
        seen = row.indexOf(Math.max(...row));
      const looks = row.map((w, column) =>
        make("span", { class: column === at ? "asks" : "", style: `--share: ${w}` }, shown(column)),
      );
      const canvas = make("canvas", {
        width: T,
        height: T,
        class: "picture",
        role: "img",
        "aria-label": say(words.map),
      });
      const context = canvas.getContext("2d");
      context.fillStyle = getComputedStyle(root).getPropertyValue("--attention");
      for (let r = 0; r < T; r++)
        for (let c = 0; c <= r; c++) {
          context.globalAlpha = weight(r, c) ** 0.7;
          context.fillRect(c, r, 1, 1);
        }
      canvas.addEventListener("click", (event) =>
        choose(Math.floor((event.offsetY / canvas.clientHeight) * T)),
      );
      const map = make(
        "div",
        { class: "map", style: `--row: ${at}; --count: ${T}` },
        canvas,
        make("i"),
      );
      const lengths = value.lengths[t],
        most = Math.max(...lengths);
      const growth = lengths.map((length, n) =>
        make(
          "tr",
          {},
          make("th", { scope: "row" }, n ? `${say(words.layer)} ${n}` : say(words.embedded)),
          make("td", { class: "wide" }, bar(length / most, "latent")),
          make("td", { class: "figure" }, number(length, 1)),
        ),
      );
      said.textContent =
        say(words.attend_said, {
          layer: layer + 1,
          head: head + 1,
          character: shown(at),
          seen: shown(seen),
          share: percent(row[seen]),
          first: number(lengths[0], 1),
          last: number(lengths.at(-1), 1),
          layers,
        }) + (T < value.text.length - 1 ? ` ${say(words.cut, { count: T })}` : "");
      return [
        formula(
          "|attention:A| = softmax( Q K^{T} / √D )     |latent:x| ← |latent:x| + |attention:A| V     |latent:x| ← |latent:x| + feed-forward( |latent:x| )",
        ),
        make(
          "div",
          { class: "two" },
          make(
            "div",
            {},
            make("h4", {}, say(words.map)),
            make(
              "div",
              { class: "picks" },
              pick("layer", layers, layer, (n) => (layer = n)),
              pick("head", H, head, (n) => (head = n)),
            ),
            map,
          ),
          make(
            "div",
            {},
            make("h4", {}, say(words.looks)),
            make("p", { class: "looks" }, ...looks),
            make("h4", {}, `${say(words.length)} |x`, make("sub", {}, `${t + 1}`), "|"),
            make("table", { class: "growth" }, make("tbody", {}, ...growth)),
          ),
        ),
      ];
    },

    // 3. The likeliest next characters at the chosen position, and the one that came.
    guess() {
      const came = value.text[t + 1],
        likely = value.guesses[t].map((guess) => [...guess]);
      if (!likely.some(([character]) => character === came))
        likely.push([came, value.scores[t], value.probabilities[t]]);
      const most = Math.max(...likely.map((guess) => guess[2]));
      const rows = likely.map(([character, z, p]) => {
        const right = character === came;
        return make(
          "tr",
          right ? { class: "came" } : {},
          make("th", { scope: "row" }, visible(character)),
          make("td", { class: "figure z" }, signed(z, 2)),
          make("td", { class: "wide" }, bar(p / most, "attention")),
          make("td", { class: "figure" }, percent(p)),
          make(
            "td",
            { class: "note" },
            ...(right ? ["✓ ", make("span", {}, say(words.came))] : []),
          ),
        );
      });
      said.textContent = say(words.guess_said, {
        context: value.text
          .slice(Math.max(0, t - 11), t + 1)
          .map(visible)
          .join(""),
        character: visible(came),
        share: percent(value.probabilities[t]),
      });
      return [
        formula(
          "|attention:p|( ",
          letter(came),
          ` ) = exp z / ∑ exp z  =  exp( ${signed(value.scores[t], 2)} ) / exp( ${signed(value.totals[t], 2)} )  =  |attention:${number(value.probabilities[t], 4)}|`,
        ),
        make(
          "div",
          { class: "scroll" },
          make(
            "table",
            { class: "guesses" },
            make(
              "thead",
              {},
              make(
                "tr",
                {},
                make("td"),
                make("th", { class: "figure" }, ...typeset("z")),
                make("th", {}, ...typeset("p")),
                make("td"),
                make("td"),
              ),
            ),
            make("tbody", {}, ...rows),
          ),
        ),
      ];
    },

    // 4. The loss of every character, and their mean.
    measure() {
      const { losses, text } = value,
        count = losses.length,
        most = Math.max(...losses, 1),
        mean = value.loss[0];
      const bars = losses.map((loss, at) => {
        const button = make(
          "button",
          {
            type: "button",
            "aria-pressed": at === t,
            tabindex: at === t ? 0 : -1,
            "aria-label": `${visible(text[at + 1])}: ${number(loss, 2)} nats`,
            title: number(loss, 2),
          },
          make("span", { class: "column" }, make("i", { style: `--share: ${loss / most}` })),
          make("span", {}, visible(text[at + 1])),
        );
        button.addEventListener("click", () => choose(at));
        return button;
      });
      said.textContent = say(words.measure_said, {
        count,
        loss: number(mean, 3),
        choices: number(Math.exp(mean), 1),
        vocabulary: number(value.vocabulary, 0),
        blind: number(Math.log(value.vocabulary), 2),
      });
      const terms =
        losses
          .slice(0, 4)
          .map((loss) => number(loss, 2))
          .join(" + ") + (count > 4 ? " + …" : "");
      const scroll = make(
        "div",
        { class: "scroll" },
        make(
          "div",
          { class: "losses", style: `--mean: ${mean / most}` },
          ...bars,
          make("i", { class: "mean" }),
        ),
      );
      requestAnimationFrame(() => {
        const box = bars[t];
        scroll.scrollLeft = box.offsetLeft - scroll.clientWidth / 2;
      });
      return [
        formula(
          `|loss:ℓ_{${t + 2}}| = −ln p( `,
          letter(text[t + 1]),
          ` ) = −ln ${number(value.probabilities[t], 4)} = |loss:${number(losses[t], 2)}|`,
        ),
        formula(`|loss:L| = 1/${count} · ( ${terms} ) = |loss:${number(mean, 3)}| nats`),
        scroll,
      ];
    },

    // 5. The gradient by what it belongs to, the loss before and after, and one weight.
    learn() {
      const { loss, gradient, groups, moved, clip, learning_rate } = value,
        part = (group) => say(words[group.part], { layer: group.layer });
      const most = Math.max(...groups.flatMap((group) => group.norms));
      const line = (name, norms, whole) =>
        make(
          "tr",
          whole ? { class: "whole" } : {},
          make("th", { scope: "row" }, name),
          make(
            "td",
            { class: "wide" },
            ...(whole
              ? []
              : [bar(norms[0] / most, "loss"), bar(norms[1] / most, "loss", "hollow")]),
          ),
          ...norms.map((norm) => make("td", { class: "figure" }, number(norm, 2))),
        );
      const rows = [
        ...groups.map((group) => line(part(group), group.norms)),
        line(say(words.whole), gradient, true),
      ];
      const fell = loss[1] < loss[0];
      said.textContent = say(words[fell ? "learn_fell" : "learn_rose"], {
        before: number(loss[0], 3),
        after: number(loss[1], 3),
      });
      const big = make(
        "p",
        { class: "big" },
        make("span", {}, number(loss[0], 3)),
        make("b", {}, fell ? "↘" : "↗"),
        make("span", {}, number(loss[1], 3)),
      );
      return [
        formula(
          `ĝ = g · min( 1, 1 / |g| ) = g · ${number(clip, 3)}     w ← w − η ĝ     η = ${learning_rate}`,
        ),
        make(
          "div",
          { class: "two" },
          make(
            "div",
            {},
            make("h4", {}, say(words.gradient)),
            make(
              "div",
              { class: "scroll" },
              table(
                [
                  "",
                  make(
                    "span",
                    { class: "key" },
                    bar(1, "loss"),
                    say(words.before),
                    " ",
                    bar(1, "loss", "hollow"),
                    say(words.after),
                  ),
                  say(words.before),
                  say(words.after),
                ],
                rows,
              ),
            ),
          ),
          make(
            "div",
            {},
            make("h4", {}, say(words.lossnow)),
            big,
            make(
              "h4",
              {},
              say(words.weight, {
                part: part(moved.group),
                row: moved.row + 1,
                column: moved.column + 1,
              }),
            ),
            formula(
              `w ← ${small(moved.before)} − ${learning_rate} · ${number(clip, 3)} · ( ${small(moved.gradient)} )`,
            ),
            formula(`= |loss:${small(moved.after)}|`),
          ),
        ),
      ];
    },

    // 6. What the model writes on, before and after; a mark stands where the two part.
    write() {
      const [old, taught] = value.writings,
        prompt = value.text.slice(-24).join("");
      const kinds = {
        greedy: say(words.greedy),
        drawn: say(words.drawn, { temperature: value.temperature, seed: value.seed }),
      };
      const parting = (kind) => {
        const n = [...old[kind]].findIndex((character, at) => character !== taught[kind][at]);
        return n < 0 ? old[kind].length : n;
      };
      const page = (writing, kind) => {
        const from = parting(kind),
          same = from >= writing[kind].length;
        return make(
          "p",
          { class: "page" },
          make("span", { class: "data" }, prompt),
          make("span", { class: "generated" }, writing[kind].slice(0, from)),
          ...(same
            ? []
            : [
                make(
                  "span",
                  { class: "generated parted" },
                  make("b", {}, "▸"),
                  writing[kind].slice(from),
                ),
              ]),
        );
      };
      const changed = Object.keys(kinds).some((kind) => old[kind] !== taught[kind]);
      said.textContent = say(words[changed ? "write_other" : "write_same"]);
      const column = (name, writing) =>
        make(
          "div",
          {},
          make("h4", {}, say(words[name])),
          ...Object.entries(kinds).flatMap(([kind, label]) => [
            make("p", { class: "kind" }, label),
            page(writing, kind),
          ]),
        );
      return [
        formula("|generated:x_{t+1}| ∼ softmax( z_{t} / T )     t ← t + 1"),
        make("div", { class: "two" }, column("old", old), column("new", taught)),
      ];
    },
  };

  function draw() {
    if (!props.value || props.value.problem) return;
    const fresh = value?.text.join("") !== props.value.text.join("");
    value = {
      ...props.value,
      vectors: unpack(props.value.vectors),
      lengths: unpack(props.value.lengths),
    };
    const [scores, chances] = [unpack(value.guessed.scores), unpack(value.guessed.probabilities)];
    value.guesses = value.guesses.map((row, at) =>
      row.map((character, n) => [character, scores[at][n], chances[at][n]]),
    );
    maps = bytes(value.maps.uint8);
    if (fresh) {
      [layer, head] = value.shown;
      t = Math.min(12, value.text.length - 2);
      draw_batch();
    }
    if (!frame.isConnected) root.replaceChildren(frame);
    show();
  }
  watch("value", draw);
  draw();
  new MutationObserver(() => {
    if (value) show();
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] }); // another theme, other colours
}
