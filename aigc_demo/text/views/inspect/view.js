// The next character laid open, or the next token of a model with too many of them to send
// (props.tokens). All numbers are computed here, from logits that are asked for once.

import { branch_list } from "aigc/text/views/inspect/branch_list.js";
import { position_of } from "aigc/text/views/inspect/branches.js";
import { candidate_table, shown_ranks } from "aigc/text/views/inspect/candidates.js";
import { sampling_controls } from "aigc/text/views/inspect/controls.js";
import { draw_line, explanation } from "aigc/text/views/inspect/draw.js";
import { playback } from "aigc/text/views/inspect/playback.js";
import { requests } from "aigc/text/views/inspect/requests.js";
import { text_page } from "aigc/text/views/inspect/text.js";

/**
 * @typedef {import("aigc/text/views/inspect/branches.js").Branch} Branch
 * @typedef {import("aigc/text/views/inspect/branches.js").Value} Value
 * @typedef {import("aigc/text/views/inspect/sampling.js").Sampling} Sampling
 */

const ROWS = 12; // candidates in sight

/** @param {Given<Value>} given */
export default function mount(given) {
  const { element, props, watch } = given;
  const { make, say } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement} */ (element.querySelector(".drawing"));
  root.className = `drawing inspector${props.tokens ? " tokens" : ""}`;

  /** @type {{ branches: Branch[], open: Branch, at: number, sampling: Sampling }} */
  const state = { branches: [], open: null, at: 0, sampling: null };
  const { ask, receive } = requests(given, state, { seen: ROWS / 2, show, draw });

  // --- What stands there ---
  const paused = (act) => () => {
    pause();
    act();
  };
  const back = button({ "aria-label": say(words.back) }, paused(step_back), "‹");
  const { play, pause } = playback(root, words, {
    ready: () => state.open !== null,
    unread,
    step: step_forward,
    rewind: () => {
      state.at = 0;
    },
  });
  const forward = button({ class: "next" }, paused(step_forward), say(words.forward));
  const rewrite = button({ class: "rewrite" }, paused(write_on), say(words.rewrite));
  const other = field(words, (typed) => paused(() => ask(state.open, state.at, typed))());
  const text = text_page(words, (index) => paused(() => show(state.open, index))());
  const list = branch_list(words, (branch) => paused(() => show(branch, branch.start))());
  const controls = sampling_controls(words, (name, value) => {
    state.sampling[name] = value;
    draw();
  });
  const table = candidate_table(words, ROWS, other, force);
  const line = draw_line();
  const explained = explanation(words, rewrite);
  const waking = make("p", { class: "waking" }, say(words.waking));
  const body = layout(words, { back, play, forward, text, list, controls, table, line, explained });
  body.hidden = true;
  root.append(waking, body);

  // --- Asking for text ---
  /** @param {number} token */
  function force(token) {
    pause();
    const { open, at, sampling } = state;
    const same = Object.keys(sampling).every((name) => sampling[name] === open.sampling[name]);
    // it stands there: nothing branches
    if (token === open.tokens[at] && same && at + 1 < open.tokens.length) return show(open, at + 1);
    ask(open, at, props.tokens ? token : open.alphabet[token]);
  }
  function write_on() {
    ask(state.open, state.at, null);
  }
  Object.assign(root, {
    write: paused(() => ask(null, 0, null)), // the button at the left
    // for whoever wants the numbers unrounded
    look: () => ({
      at: state.at,
      tokens: state.open.tokens,
      sampling: state.sampling,
      ...position_of(state.open, state.at, state.sampling),
    }),
  });

  // --- Moving through the text ---
  function show(branch, index) {
    Object.assign(state, { open: branch, at: index });
    draw();
  }
  function step_back() {
    show(state.open, Math.max(0, state.at - 1));
  }
  function step_forward() {
    const { length } = state.open.tokens;
    if (state.at + 1 < length) show(state.open, state.at + 1);
    else if (length < props.longest) ask(state.open, length, null);
  }
  function unread() {
    return state.at + 1 < state.open.tokens.length;
  }
  /**
   * What a key does where `target` has the focus: in the text, or on a candidate.
   * @param {EventTarget} target
   */
  function keys(target) {
    const in_text = target === text.page,
      here = table.rows.findIndex(({ row }) => row === target);
    return {
      ArrowLeft: step_back,
      ArrowRight: () => unread() && step_forward(),
      ...(in_text && {
        Home: () => show(state.open, 0),
        End: () => show(state.open, state.open.tokens.length - 1),
        " ": () => play.click(),
      }),
      ...((here >= 0 || in_text) && {
        ArrowDown: () => table.rows[here + 1]?.row.focus(),
        ArrowUp: () => (table.rows[here - 1]?.row ?? text.page).focus(),
      }),
    };
  }
  function press(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = state.open && keys(target)[event.key];
    if (!act) return;
    event.preventDefault();
    if (event.key !== " ") pause();
    act();
  }
  root.addEventListener("keydown", press);

  // --- Drawing ---
  function draw() {
    const { branches, open, at, sampling } = state;
    waking.hidden = true;
    body.hidden = false;
    const position = position_of(open, at, sampling),
      standing = position.order.indexOf(open.tokens[at]);
    // these two are shown whatever their rank
    const ranks = shown_ranks(ROWS, position.order.length, [standing, position.rank]);
    text.draw(open, at, sampling);
    table.draw(open, position, ranks, standing);
    line.draw(open, at, position, ranks);
    explained.draw(open, at, position, sampling.temperature);
    list.draw(branches, open);
    controls.show(sampling, position.order.length);
    forward.disabled = at + 1 >= props.longest;
    Object.assign(root.dataset, { position: at, branch: branches.indexOf(open) });
  }
  watch("value", () => receive(props.value));
  receive(props.value);
}

/** A button that calls `act`. */
function button(attributes, act, ...children) {
  const made = window.aigc.make("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", act);
  return made;
}

/** The field for a candidate that is typed; done(typed) is called at Enter. */
function field(words, done) {
  const { make, say } = window.aigc;
  const other = make("input", {
    type: "text",
    placeholder: say(words.other),
    "aria-label": say(words.other),
    size: 8,
  });
  other.addEventListener("keydown", ({ key, isComposing }) => {
    if (key !== "Enter" || isComposing || !other.value) return;
    done(other.value);
    other.value = "";
  });
  return other;
}

/** The text beside its branches, the bar that plays it, and below them one position. */
function layout(words, { back, play, forward, text, list, controls, table, line, explained }) {
  const { make } = window.aigc;
  return make(
    "div",
    { class: "body" },
    make("div", { class: "written" }, text.page, list.list),
    make("div", { class: "bar" }, back, play, forward, explained.message),
    columns(words, controls, table, line.element),
    text.note,
    explained.formula,
  );
}

/** The columns of a draw with their heads: z, p, q, and the line on which u falls. */
function columns(words, controls, table, line) {
  const { make, say } = window.aigc;
  const head = (word, symbol, wide, scale, ...below) =>
    make(
      "div",
      { class: `head ${word}` },
      make("h3", {}, say(words[word])),
      make(
        "p",
        { class: "symbol", translate: "no" },
        symbol,
        make("span", { class: "wide" }, wide),
        scale,
      ),
      ...below,
    );
  return make(
    "div",
    { class: "stage-of-draw" },
    make(
      "div",
      { class: "heads" },
      make("span"),
      head("logit", "z", "", ""),
      head("tempered", "p", " = softmax(z / T)", table.scales[0], controls.temperature),
      head("kept", "q", " = p / Σ p", table.scales[1], ...controls.cuts),
    ),
    head("draw", "u", " ∈ [0, 1)", ""),
    make("div", { class: "table" }, ...table.elements),
    line,
  );
}
