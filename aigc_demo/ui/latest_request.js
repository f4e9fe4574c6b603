// Requests without a queue: one is under way, and of those that come meanwhile only the last is
// sent.

/**
 * Return what sends a request, now or after the one that is under way.
 * @template Request, Answer
 * @param {(request: Request) => Promise<Answer>} send
 * @param {(answer: Answer | null, request: Request, last: boolean) => void} receive null: it
 *   failed; last: no other waits
 * @returns {(request: Request) => Promise<void>}
 */
export function latest_request(send, receive) {
  let busy = false;
  /** @type {Request | null} */
  let next = null;
  return async function ask(request) {
    if (busy) {
      next = request;
      return;
    }
    busy = true;
    const answer = await send(request).catch(() => null);
    busy = false;
    receive(answer, request, !next);
    if (!next) return;
    const waiting = next;
    next = null;
    ask(waiting);
  };
}
