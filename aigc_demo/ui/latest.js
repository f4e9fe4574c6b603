// Asks without a queue of its own: one question is under way, and of those that come meanwhile only
// the last is asked.
export function latest(ask, take) {
  let busy = false,
    next = null;
  return async function want(asked) {
    if (busy) return void (next = asked);
    busy = true;
    const answer = await ask(asked).catch(() => null);
    busy = false;
    take(answer, asked, !next);
    if (next) want(next, (next = null));
  };
}
