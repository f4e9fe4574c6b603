// What a visitor asks for, and what the server answers: a new text, or one that branches.

import {
  add_branch,
  beginning,
  extend,
  telling_position,
} from "aigc/text/views/inspect/branches.js";

/**
 * @typedef {import("aigc/text/views/inspect/branches.js").Branch} Branch
 * @typedef {import("aigc/text/views/inspect/branches.js").Request} Request
 * @typedef {import("aigc/text/views/inspect/branches.js").Value} Value
 */

/**
 * ask(request) asks for a text, receive(value) takes an answer. `state` has the branches and the
 * sampling; `seen` is how many ranks the opening position looks at. show(branch, index) opens a
 * position; draw() draws the open one anew.
 * @param {Given<Value>} given
 * @param {{ branches: Branch[], open: Branch, sampling: any }} state
 * @param {{ seen: number, show: (branch: Branch, index: number) => void, draw: () => void }} on
 */
export function requests({ props, server, trigger }, state, { seen, show, draw }) {
  /** @type {Record<number, Request>} */
  const sent = {};
  let ticket = 0; // of the last request

  /**
   * Leaves `from` at `position`, where `character`, a text or a token, comes next; null: what is
   * drawn now. Without `from`: a new text, as the controls say.
   * @param {Branch | null} from
   * @param {number} position
   * @param {string | number | null} character
   */
  async function ask(from, position, character) {
    const fewest = position + (character === null ? 1 : 2);
    const length = from && Math.min(props.longest, Math.max(from.numbers.length, fewest));
    const forced = beginning(from, position, character, Boolean(props.tokens)),
      grows = from?.tokens.length === position;
    const key =
      from && !grows
        ? JSON.stringify([from.model, from.prompt, from.seed, forced, state.sampling, length])
        : null;
    const known = key && state.branches.find((branch) => branch.key === key);
    if (known) return show(known, known.start);
    if (key && sent[ticket]?.key === key) return; // clicked twice
    const mine = ++ticket,
      wanted = {
        ticket,
        forced,
        ...state.sampling,
        ...(from && { model: from.model, prompt: from.prompt, seed: from.seed, length }),
      };
    sent[mine] = { from, position, character, key, branch: grows ? from : null };
    // the next bars come at once, the rest through the queue
    const begun = from && (await server.first_result(wanted));
    if (begun) receive(begun);
    else sent[mine].key = null; // a mistake may be made again, and is told again
    if (mine === ticket && !begun?.finished) trigger("select", wanted);
  }

  /** @param {Value} value */
  function receive(value) {
    if (!value?.tokens) return;
    state.sampling ??= { ...value.sampling };
    const number = value.ticket ?? 0;
    sent[number] ??= { from: null, position: 0, character: null, key: null, branch: null };
    const request = sent[number],
      first = !request.shown;
    request.branch ??= add_branch(state.branches, value, request);
    const { branch } = request;
    extend(branch, value);
    request.shown = true;
    if (first && number === ticket)
      show(branch, ticket ? value.start : telling_position(branch, state.sampling, seen));
    else if (branch === state.open) draw();
  }
  return { ask, receive };
}
