// What a visitor trains in the server, asked one question at a time, in the order in which they were asked (past Gradio's queue).
// play: the server's function; the token is known to this page alone. Gives back the answer, or null when the server is not reached.
function turns(play) {
  const token = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  let asking = Promise.resolve();
  return (question, take) => (asking = asking.then(async () => take(await play({ token, ...question() }).catch(() => null))));
}
