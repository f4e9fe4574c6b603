// The buttons under the plane, and those that break the training and mend it.

import { lab_button } from "aigc/ui/live_lab_stage.js";

/** @import { Mode } from "aigc/gan/views/lab/training_loop.js" */

/**
 * Run, slow motion, single steps, restart, clear.
 * @param {Words} words
 * @param {object} actions
 * @param {(mode: Mode) => void} actions.toggle starts or stops
 * @param {(act: "D" | "G" | "rounds") => void} actions.once takes one step
 * @param {() => void} actions.begin
 * @param {() => void} actions.clear
 */
export function control_bar(words, { toggle, once, begin, clear }) {
  const { make, say } = window.aigc;
  const run = lab_button("run", "", () => toggle("run"), "main"),
    slow = lab_button("slow", "", () => toggle("slow")),
    clear_button = lab_button("clear", say(words.clear), clear);
  const single = [
    lab_button("one_D", "D", () => once("D")),
    lab_button("one_G", "G", () => once("G")),
    lab_button("one_rounds", say(words.both), () => once("rounds")),
  ];
  for (const each of single)
    each.setAttribute("aria-label", `${say(words.one)} ${each.textContent}`);
  const element = make(
    "div",
    { class: "bar" },
    run,
    slow,
    make("span", { class: "one" }, say(words.one)),
    ...single,
    lab_button("anew", say(words.anew), begin),
    clear_button,
  );
  /** @param {Mode} mode */
  function show(mode) {
    run.textContent = say(words[mode === "run" ? "pause" : "run"]);
    slow.textContent = say(words[mode === "slow" ? "pause" : "slow"]);
  }
  return { element, clear: clear_button, show };
}

/**
 * Presets under which the training breaks, each with what mends it, and a note on what to see.
 * @param {Words} words
 * @param {string[]} names
 * @param {(name: string, mended: boolean) => void} choose
 */
export function break_buttons(words, names, choose) {
  const { make, say } = window.aigc;
  const note = make("p", { class: "note", "aria-live": "polite" });
  const mends = names.map((name) => {
    const mend = lab_button("mend", say(words.mend), () => choose(name, true), "main");
    mend.setAttribute("aria-label", `${say(words.mend)}: ${say(words[name])}`);
    mend.hidden = true;
    return mend;
  });
  const pairs = names.map((name, i) => {
    const hurt = lab_button(name, say(words[name]), () => choose(name, false));
    return make("span", { "data-preset": name }, hurt, mends[i]);
  });
  const title = make("h3", {}, say(words.break));
  /**
   * @param {string} name the preset that was chosen
   * @param {boolean} mended
   */
  function show(name, mended) {
    mends.forEach((mend, i) => {
      mend.hidden = mended || names[i] !== name;
    });
    note.textContent = say(words[`${name}_${mended ? "mended" : "broken"}`]);
  }
  return { element: make("div", { class: "breaks" }, title, ...pairs, note), show };
}
