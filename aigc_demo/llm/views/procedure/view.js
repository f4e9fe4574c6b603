// GPT's pretraining in five steps. All numbers come at once, so that stepping waits for nothing.
// value: see procedure.py's `train`.

import { formula, stepper } from "aigc/ui/stepper.js";

export default function mount({ element, props, watch }) {
  const { make, say, number } = window.aigc;
  const words = props.words;
  const root = element.querySelector(".drawing");
  root.className = "drawing staged pretraining";
  root.append(make("p", { class: "waking" }, say(words.waking)));

  const STEPS = ["cut", "pass", "ask", "measure", "learn"];
  let value = null,
    row = 0,
    place = 0; // the token that is looked at

  const shown = (text) => text.replaceAll("\n", "↵").replaceAll(" ", "␣");
  const share = (p) => (p >= 0.001 ? `${number(100 * p, 1)} %` : "< 0.1 %");
  const before = () =>
    place
      ? [...value.text].slice(value.spans[row][0][0], value.spans[row][place - 1][1]).join("")
      : say(words.start);
  const { frame, body, said, show } = stepper(STEPS, words, {
    draw: (name) => DRAW[name](),
    arrow(by, event) {
      if (!event.target.closest(".token")) return false;
      const flat = value.sequences.flatMap((sequence, i) => sequence.map((_, j) => [i, j])),
        at = flat.findIndex(([i, j]) => i === row && j === place);
      choose(...flat[Math.max(0, Math.min(flat.length - 1, at + by))]);
      return true;
    },
  });
  function choose(i, j) {
    [row, place] = [i, j];
    show();
    body.querySelector('.token[aria-pressed="true"]')?.focus();
  }
  // The batch: a row a sequence, a button a token; `under` gives what stands below each, `tint` how
  // deep its colour is, from 0 to 1.
  function batch(under, tint = () => 0) {
    return make(
      "div",
      { class: "scroll" },
      make(
        "div",
        { class: "batch", role: "group", "aria-label": say(words.batch) },
        ...value.sequences.map((sequence, i) =>
          make(
            "div",
            { class: "sequence" },
            make("span", { class: "begin" }, "▸"),
            ...sequence.map((text, j) => {
              const chosen = i === row && j === place;
              const token = make(
                "button",
                {
                  type: "button",
                  class: "token",
                  "aria-pressed": chosen,
                  tabindex: chosen ? 0 : -1,
                  style: `--tint: ${tint(i, j)}`,
                  translate: "no",
                },
                make("b", {}, shown(text)),
                make("small", {}, under(i, j)),
              );
              token.addEventListener("click", () => choose(i, j));
              return token;
            }),
          ),
        ),
      ),
    );
  }
  const bars = (rows) =>
    make(
      "ol",
      { class: "bars", translate: "no" },
      ...rows.map(([text, p, came]) =>
        make(
          "li",
          came ? { class: "came" } : {},
          make("b", {}, text),
          make("span", { class: "share", style: `--p: ${p}` }),
          make("span", {}, share(p)),
        ),
      ),
    );
  const table = (rows) =>
    make(
      "table",
      {},
      make(
        "tbody",
        {},
        ...rows.map(([name, part, text]) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, name),
            make("td", { class: "wide" }, make("i", { class: "bar", style: `--share: ${part}` })),
            make("td", { class: "figure" }, text),
          ),
        ),
      ),
    );

  const DRAW = {
    // 1. The corpus becomes sequences of tokens.
    cut() {
      const tokens = value.ids.flat().length;
      said.textContent = say(words.cut_said, {
        characters: value.text.length,
        tokens,
        sequences: value.sequences.length,
        vocabulary: number(value.vocabulary, 0),
      });
      return [
        formula(`U = { u_{1} , … , u_{${tokens}} }     ${say(words.text_becomes)}`),
        batch((i, j) => value.ids[i][j]),
      ];
    },
    // 2. Through the Transformer: every place's vector grows layer after layer, from what is before
    // it.
    pass() {
      const lengths = value.lengths[row][place],
        most = Math.max(...value.lengths.flat(2)),
        layers = lengths.length - 1;
      said.textContent = say(words.pass_said, {
        context: shown(before()),
        layers,
        first: number(lengths[0], 1),
        last: number(lengths[layers], 1),
      });
      return [
        formula("h_{0} = |latent:U W_{e}|     h_{l} = block( h_{l − 1} )     l = 1 … n"),
        batch(
          (i, j) => number(value.lengths[i][j].at(-1), 1),
          (i, j) => (i === row && j < place ? 0.35 : 0),
        ),
        make("h4", {}, say(words.lengths)),
        table(
          lengths.map((length, layer) => [
            layer ? say(words.layer, { layer }) : say(words.embedded),
            length / most,
            number(length, 1),
          ]),
        ),
      ];
    },
    // 3. The objective: the next token, at every place at once.
    ask() {
      const truth = value.sequences[row][place],
        came = value.came[row][place];
      const rows = value.likeliest[row][place].map(([text, p], i) => [shown(text), p, i === came]);
      if (came < 0) rows.push([shown(truth), value.right[row][place], true]);
      said.textContent = say(words.ask_said, {
        context: shown(before()),
        token: shown(truth),
        share: share(value.right[row][place]),
      });
      return [
        formula(
          "|attention:P( u )| = softmax( |latent:h_{n} W_{e}^{T}| )     P( u_{i} | u_{1} , … , u_{i − 1} )",
        ),
        batch(
          (i, j) => share(value.right[i][j]),
          (i, j) => (i === row && j < place ? 0.35 : 0),
        ),
        make("h4", {}, say(words.guesses, { context: shown(before()) })),
        bars(rows),
      ];
    },
    // 4. Cross-entropy: what each token that came cost.
    measure() {
      const most = Math.max(...value.losses.flat()),
        loss = value.loss[0],
        p = value.right[row][place];
      said.textContent = say(words.measure_said, {
        loss: number(loss, 3),
        choices: number(Math.exp(loss), 0),
        vocabulary: number(value.vocabulary, 0),
        blind: number(Math.log(value.vocabulary), 2),
      });
      return [
        formula(
          `|loss:ℓ| = − ln ${number(p, 4)} = |loss:${number(value.losses[row][place], 3)}|     |loss:L| = − 1/${value.ids.flat().length} ∑ ln P( u_{i} | u_{1} … u_{i − 1} ) = |loss:${number(loss, 3)}| nats`,
        ),
        batch(
          (i, j) => number(value.losses[i][j], 2),
          (i, j) => value.losses[i][j] / most,
        ),
      ];
    },
    // 5. Back-propagation, and the same batch once more.
    learn() {
      const { loss, norms, gradient, clip, learning_rate } = value,
        fell = loss[1] < loss[0],
        most = Math.max(...Object.values(norms));
      const named = (part) =>
        part.startsWith("layer") ? say(words.layer, { layer: part.slice(6) }) : say(words[part]);
      said.textContent = say(words[fell ? "learn_fell" : "learn_rose"], {
        before: number(loss[0], 3),
        after: number(loss[1], 3),
      });
      return [
        formula(
          `ĝ = g · min( 1, 1 / ‖g‖ ) = g · ${number(clip, 3)}     w ← w − η ĝ     ‖ g ‖ = ${number(gradient, 2)}     η = ${learning_rate}`,
        ),
        make(
          "div",
          { class: "two" },
          make(
            "div",
            {},
            make("h4", {}, say(words.gradient)),
            table(
              Object.entries(norms).map(([part, norm]) => [
                named(part),
                norm / most,
                number(norm, 3),
              ]),
            ),
          ),
          make(
            "div",
            {},
            make("h4", {}, say(words.lossnow)),
            make(
              "p",
              { class: "big" },
              make("span", {}, number(loss[0], 3)),
              make("b", {}, fell ? "↘" : "↗"),
              make("span", {}, number(loss[1], 3)),
            ),
          ),
        ),
        make("h4", {}, say(words.each)),
        batch(
          (i, j) =>
            `${value.losses_after[i][j] <= value.losses[i][j] ? "−" : "+"}${number(Math.abs(value.losses_after[i][j] - value.losses[i][j]), 2)}`,
          (i, j) => Math.min(1, Math.abs(value.losses_after[i][j] - value.losses[i][j])),
        ),
      ];
    },
  };

  function come() {
    if (!props.value || props.value.problem) return;
    if (value?.text !== props.value.text)
      [row, place] = [0, Math.min(4, props.value.sequences[0].length - 1)];
    value = props.value;
    if (!frame.isConnected) root.replaceChildren(frame);
    show();
  }
  watch("value", come);
  come();
}
