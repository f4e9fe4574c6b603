// Diffusion in two dimensions. The browser asks for one frame after the other while it trains; when
// it is gone, nothing asks, so nothing runs.

import { read_frame, read_truth } from "aigc/diffusion/views/plane/frame.js";
import { STEPS } from "aigc/diffusion/views/plane/interpolation.js";
import { layout } from "aigc/diffusion/views/plane/layout.js";
import {
  spoken_numbers,
  step_texts,
  write_level,
  write_summary,
} from "aigc/diffusion/views/plane/readout.js";
import { draw_exact, draw_learned, positions } from "aigc/diffusion/views/plane/scene.js";
import {
  announce,
  frame_clock,
  once_settled,
  same_rules,
  training_session,
  while_seen,
} from "aigc/ui/live_lab.js";

/**
 * @typedef {import("aigc/diffusion/views/plane/frame.js").Answer} Answer
 * @typedef {import("aigc/diffusion/views/plane/frame.js").Config} Config
 * @typedef {import("aigc/diffusion/views/plane/scene.js").Scene} Scene
 *
 * What the drawing lets others see and change. u is the slider, from 0 (data) to 1000 (noise), and
 * t = u - 1.
 * @typedef {object} Laboratory
 * @property {(config: Config) => void} configure
 * @property {() => Answer} look the last frame, its numbers unrounded
 * @property {() => object} where the slider, the data and the particles are
 */

// milliseconds of a frame, and of its answer; steps of training, also the first
const PACE = { frame: 84, budget: 110, least: 40 };
// milliseconds: a training, the slider's whole way
const TRAINING = 10000,
  CROSSING = 4500;

/** @param {Given<Answer>} given props.start: a Config; props.most: steps of training a frame */
export default function mount({ element, props, server, watch }) {
  const { say, still } = window.aigc;
  const words = props.words;
  const root = /** @type {HTMLElement & Laboratory} */ (element.querySelector(".drawing"));
  root.className = "drawing lab diffusing";
  /** @type {Config} */
  let config = { ...props.start };
  /** @type {Scene} frame and exact are null until the first answer */
  const scene = { frame: null, exact: null, u: 0, way: "backward" };
  /** @type {"still" | "train" | "play" | "draw"} */
  let mode = "still";

  const parts = layout(words, {
    train: () => (mode === "train" ? rest() : train()),
    reset,
    clear() {
      pen.clear();
      parts.hint.hidden = false;
      rest();
    },
    play: () => (mode === "play" ? rest() : cross()),
    slide(u) {
      if (mode === "play") rest();
      move(u);
    },
    redraw: () => draw(),
  });
  root.append(parts.waking, parts.body);
  const drawn = () => config.shape === "drawn"; // whether the shape is the visitor's own
  const empty = () => drawn() && !pen.points().length;

  // --- One frame ---
  const training = training_session(server.play, words, ({ answer, problem, frames }) => {
    parts.problem.textContent = problem;
    root.dataset.frames = String(frames);
    if (!answer) rest();
  });
  const clock = frame_clock({ ...PACE, most: props.most });
  /**
   * @param {"train" | "look"} act
   * @param {boolean} [anew] whether a new training begins
   */
  const ask = (act, anew = false) =>
    training.ask(() => ({
      rules: config,
      points: pen.points(),
      act,
      anew,
      rounds: clock.count(),
    }));
  /** @param {Answer | null} answer */
  function take(answer) {
    if (!answer) return;
    scene.frame = read_frame(answer);
    if (answer.truth) scene.exact = read_truth(answer.truth, answer.times.length);
    parts.open();
    const least = say(words.least);
    parts.loss.show(answer.curve.map((loss) => ({ L: loss, [least]: answer.least })));
    parts.apart.show(answer.apart.map((apart) => ({ Δ: apart })));
    draw();
  }
  function draw() {
    const { frame } = scene;
    if (!frame) return;
    parts.plane.clear();
    if (drawn() && frame.rules.shape !== "drawn") {
      parts.exact_plane.clear();
      pen.draw(); // on an empty plane
      return;
    }
    draw_learned(parts.plane, scene, parts.legend.shown);
    if (drawn() && mode === "draw") pen.draw();
    draw_exact(parts.exact_plane, scene);
    write_level(parts, words, scene);
    write_summary(parts.summary, words, scene);
    parts.steps.show(step_texts(words, frame), () => mode === "train");
    root.dataset.done = String(frame.done);
  }
  announce(parts.spoken, () => scene.frame && spoken_numbers(words, scene.frame));

  // --- The slider, and the play of it ---
  function move(to) {
    if (to !== scene.u) scene.way = to > scene.u ? "forward" : "backward";
    scene.u = to;
    parts.slider.value = String(to);
    draw();
  }
  /** @param {typeof mode} to */
  function enter(to) {
    mode = to;
    root.dataset.mode = to;
    parts.play.textContent = to === "play" ? "❚❚" : "▶";
    parts.play.setAttribute("aria-label", say(words[to === "play" ? "still" : "play"]));
    if (to !== "train") parts.train.textContent = say(words.train);
    parts.clear.hidden = !drawn();
    draw();
  }
  const rest = () => enter("still");
  // From where the slider stands into the noise and back; back alone when it came from there.
  function cross(forward = scene.u < STEPS && !(scene.way === "backward" && scene.u > 0)) {
    enter("play");
    let last = performance.now();
    const tick = (time) => {
      if (mode !== "play" || !root.isConnected) return;
      if (window.aigc.shown(root)) {
        const by = (STEPS * Math.min(100, time - last)) / CROSSING;
        move(Math.max(0, Math.min(STEPS, scene.u + (forward ? by : -by))));
        if (scene.u >= STEPS) forward = false;
        else if (scene.u <= 0 && !forward) {
          rest();
          return;
        }
      }
      last = time;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }
  function cross_back() {
    if (still()) return;
    move(STEPS);
    cross(false);
  }

  // --- Training ---
  async function train() {
    if (empty()) {
      parts.hint.hidden = false;
      parts.problem.textContent = "";
      take(await ask("look"));
      return;
    }
    if (scene.u > 0 && scene.way === "forward") move(0);
    enter("train");
    if (scene.frame.rules.shape !== config.shape) take(await ask("look"));
    let left = TRAINING;
    await while_seen(
      root,
      () => mode === "train" && left > 0,
      async () => {
        left -= await clock.frame(
          () => ask("train"),
          (answer) => {
            parts.train.textContent = say(words.left, { seconds: Math.ceil(left / 1000) });
            take(answer);
          },
        );
      },
    );
    if (mode !== "train") return;
    rest();
    cross_back();
  }
  async function reset() {
    rest();
    if (empty()) {
      parts.hint.hidden = false;
      draw();
      return;
    }
    take(await ask("look", true));
  }

  // --- What the controls say ---
  const look_soon = once_settled(async (/** @type {boolean} */ other_shape) => {
    if (other_shape) rest();
    if (mode !== "train") take(await ask("look"));
    if (other_shape && scene.frame.rules.shape === config.shape) train();
  });
  root.configure = (asked) => {
    if (same_rules(asked, config)) return;
    const other_shape = asked.shape !== config.shape;
    config = asked;
    parts.hint.hidden = !empty();
    if (empty()) rest();
    else look_soon(other_shape);
  };
  const pen = parts.shape({
    wanted: () => scene.frame && drawn(),
    begun: () => enter("draw"),
    lifted: async () => {
      rest();
      take(await ask("look"));
    },
  });

  root.look = () => scene.frame;
  root.where = () => positions(scene);
  function open() {
    if (training.frames() || !props.value?.places) return;
    take(props.value);
    cross_back();
  }
  rest();
  watch("value", open);
  open();
}
