// What a visitor trains in the server, asked one question at a time, in the order in which they
// were asked (past Gradio's queue).
// play: the server's function; the token is known to this page alone. Returns the answer, or null
// when the server is not reached.
export function turns(play) {
  const drawn = new Uint8Array(16);
  if (window.crypto?.getRandomValues) crypto.getRandomValues(drawn);
  else drawn.forEach((_, i) => (drawn[i] = Math.floor(256 * Math.random())));
  const token = Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
  let asking = Promise.resolve();
  return (question, take) =>
    (asking = asking.then(async () =>
      take(await play({ token, ...question() }).catch(() => null)),
    ));
}
