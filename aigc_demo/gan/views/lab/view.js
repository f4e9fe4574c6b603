// The laboratory: a GAN in the plane that is trained while one watches.

import { with_preset } from "aigc/gan/views/lab/rules.js";
import { stage } from "aigc/gan/views/lab/stage.js";
import { spoken_numbers } from "aigc/gan/views/lab/summary.js";
import { training_loop } from "aigc/gan/views/lab/training_loop.js";
import {
  announce,
  frame_clock,
  once_settled,
  same_rules,
  training_session,
} from "aigc/ui/live_lab.js";

/** @import { Rules } from "aigc/gan/views/lab/rules.js" */
/** @import { Act, Mode } from "aigc/gan/views/lab/training_loop.js" */
/**
 * What view.py's `frame` returns. Points and surfaces are packed, see ui/plane_canvas.js; what has
 * no meaning under the loss is null.
 * @typedef {object} Frame
 * @property {Rules} rules
 * @property {number} rounds iterations since the beginning
 * @property {{ G: number, D: number }} weights how many
 * @property {Record<"real" | "generated" | "pulls" | "net", string>} points of always the same z
 * @property {Record<"real" | "generated", string>} batch the last one
 * @property {{ x: number[], z: number[], y: number[] }} first of the batch: real, noise, generated
 * @property {[number, number]} verdicts D's means on the batch's real and generated points
 * @property {string} surface D everywhere
 * @property {string | null} optimum D* everywhere
 * @property {{ D: [number, number], G: [number, number] }} loss before and after the last step
 * @property {number | null} apart mean |D - D*|
 * @property {number | null} value V(D, G), nats
 * @property {number | null} best V(D*, G), nats
 * @property {number | null} distance the critic's estimate of the Wasserstein distance
 * @property {number} kl nats
 * @property {number} js nats
 * @property {number | null} covered modes that G reaches
 * @property {number | null} islands how many separable modes there are
 */
/**
 * @typedef {object} State what the parts of the laboratory share
 * @property {Frame | null} value the frame that is seen
 * @property {Mode} mode
 * @property {Rules} rules that are set
 * @property {number} step of the training procedure that is shown, from 1 on; 0 for none
 */
/**
 * What Python tells the drawing beside its value.
 * @typedef {object} Options
 * @property {Record<string, Partial<Rules>>} breaks
 * @property {string[]} mended_alive presets after whose mending the same GAN goes on
 * @property {Rules} start
 * @property {number} most iterations between two frames
 */
/** @typedef {HTMLElement & { rules: Rules, configure(rules: Rules): void, look(): Frame }} Root */

// milliseconds of a frame, and of its answer; iterations
const PACE = { frame: 66, budget: 45, least: 1 };
const FIRST_COUNT = 4;

/** @param {Given<Frame>} given */
export default function mount({ element, trigger, props, server, watch }) {
  const options = /** @type {Options & Given["props"]} */ (props),
    words = props.words;
  /** @type {Root} */
  const root = element.querySelector(".drawing");
  root.className = "drawing lab";
  /** @type {State} */
  const state = { value: null, mode: "still", rules: { ...options.start }, step: 0 };
  const parts = stage(words, Object.keys(options.breaks), {
    ...{ draw, begin, preset },
    toggle: (mode) => loop.go(state.mode === mode ? "still" : mode),
    once: (act) => loop.once(act),
    clear: () => {
      pen.clear();
      begin();
    },
  });
  const pen = parts.shape({
    wanted: () => state.value && state.rules.shape === "drawn",
    begun: () => loop.go("still"),
    lifted: look,
  });
  const training = training_session(server.play, words, ({ answer, problem, gone, frames }) => {
    parts.problem.textContent = problem;
    root.dataset.frames = String(frames);
    if (!answer) loop.go("still");
    else if (gone || answer.rounds < (state.value?.rounds ?? 0)) parts.charts.clear();
  });
  const clock = frame_clock({ ...PACE, most: options.most }, FIRST_COUNT);
  /** @type {(act: Act, anew?: boolean) => Promise<Frame | null>} */
  const ask = async (act, anew = false) => {
    const answer = await training.ask(() => ({
      rules: state.rules,
      points: pen.points(),
      act,
      anew,
      rounds: act === "rounds" && state.mode === "run" ? clock.count() : 1,
    }));
    if (anew && answer) parts.charts.clear();
    return answer;
  };
  const loop = training_loop(state, { root, clock, ask, take, draw, changed });
  root.append(parts.waking, parts.body);

  // --- One frame ---
  function take(frame) {
    if (!frame) return;
    state.value = frame;
    parts.open();
    parts.charts.note(frame);
    draw();
  }
  async function look() {
    take(await ask("look"));
  }
  const drawn = () => state.rules.shape === "drawn";
  const empty = () => drawn() && !pen.points().length;
  function draw() {
    if (!state.value) return;
    if (drawn() && state.value.rules.shape !== "drawn") {
      parts.plane.clear(); // an empty sheet to draw on
      pen.draw();
      return;
    }
    parts.show(state);
    if (drawn()) pen.draw();
    root.dataset.rounds = String(state.value.rounds);
  }
  function changed() {
    parts.bar.show(state.mode);
    root.dataset.mode = state.mode;
    draw();
  }

  // --- Rules ---
  function set(rules) {
    root.rules = state.rules = rules;
    parts.hint.hidden = parts.bar.clear.hidden = !drawn();
  }
  const look_soon = once_settled(() => state.mode === "still" && look());
  root.rules = state.rules;
  root.configure = (rules) => {
    if (same_rules(rules, state.rules)) return;
    const other_shape = rules.shape !== state.rules.shape;
    set(rules);
    parts.hint.hidden ||= pen.points().length > 0;
    if (other_shape && empty()) return loop.go("still");
    look_soon();
  };
  async function begin() {
    state.step = 1;
    if (empty()) {
      parts.hint.hidden = false;
      return loop.go("still");
    }
    take(await ask("look", true));
  }
  /**
   * @param {string} name
   * @param {boolean} mended
   */
  async function preset(name, mended) {
    set(with_preset(options.start, mended ? {} : options.breaks[name], state.rules.seed));
    trigger("select"); // the controls follow
    parts.breaks.show(name, mended);
    take(await ask("look", !mended || !options.mended_alive.includes(name)));
    loop.go("run");
  }

  root.look = () => state.value; // for whoever wants the numbers unrounded
  function open() {
    if (!training.frames() && props.value?.points) take(props.value);
  }
  set(state.rules);
  loop.go("still");
  announce(parts.spoken, () => state.value && spoken_numbers(words, state.value));
  watch("value", open);
  open();
}
