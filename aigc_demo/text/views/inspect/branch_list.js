// All texts so far, each under the one that it branches from.

import { spelt } from "aigc/text/views/inspect/branches.js";

/** @typedef {import("aigc/text/views/inspect/branches.js").Branch} Branch */

const SHOWN = 18; // positions of a branch

/**
 * The list; open(branch) is called when one is clicked.
 * @param {Words} words
 * @param {(branch: Branch) => void} open
 */
export function branch_list(words, open) {
  const { make, say, visible } = window.aigc;
  const list = make("nav", { class: "branches", "aria-label": say(words.branches) }),
    hint = make("p", { class: "hint" }, say(words.hint));
  let listed = null;

  const root_name = ({ model, seed }) =>
    make("b", {}, say(words.root, { model: say(words[model] ?? model.split("/").at(-1)), seed }));
  const name = (branch) => {
    if (!branch.title) return [root_name(branch)];
    const [position, text] = branch.title;
    const begun = make("b", { class: "generated" }, text ? visible(text) : "⟳");
    return ["↳ ", make("b", {}, position + 1), begun];
  };
  const beginning = (branch) => {
    const begin = branch.title ? branch.start : 0;
    const text = [...spelt(branch, begin, begin + SHOWN)].map(visible).join("");
    return ` ${text.replaceAll("␣", " ")}…`;
  };
  const entry = (branch, pressed) => {
    const button = make(
      "button",
      {
        type: "button",
        class: "branch",
        translate: "no",
        style: `--depth: ${branch.depth}`,
        "aria-pressed": pressed,
      },
      ...name(branch),
      beginning(branch),
    );
    button.addEventListener("click", () => open(branch));
    return button;
  };

  /**
   * @param {Branch[]} branches
   * @param {Branch} opened
   */
  function draw(branches, opened) {
    const at = branches.indexOf(opened);
    const lengths = branches.map(({ tokens, start }) => Math.min(tokens.length, start + SHOWN));
    const now = JSON.stringify([at, lengths]);
    if (listed === now) return;
    listed = now;
    const entries = branches.map((branch) => entry(branch, branch === opened));
    list.replaceChildren(...entries, ...(branches.length < 2 ? [hint] : []));
    requestAnimationFrame(() => {
      list.scrollTop = entries[at].offsetTop - list.clientHeight / 2;
    });
  }
  return { list, draw };
}
