// Requests to what a visitor trains in the server, sent one at a time, in the order in which they
// were made (past Gradio's queue).

/** Return 16 random bytes as 32 hexadecimal digits: a name that this page alone knows. */
export function random_token() {
  const drawn = new Uint8Array(16);
  if (globalThis.crypto?.getRandomValues) crypto.getRandomValues(drawn);
  else for (let i = 0; i < drawn.length; i++) drawn[i] = Math.floor(256 * Math.random());
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Return what puts a request behind those that wait. request() is called when its turn has come;
 * receive gets the answer, or null when the server is not reached; what it returns is passed on.
 * @template Answer
 * @param {(request: Record<string, unknown>) => Promise<Answer>} send the server's function
 * @returns {<Result>(
 *   request: () => Record<string, unknown>,
 *   receive: (answer: Answer | null) => Result,
 * ) => Promise<Result>}
 */
export function serial_queue(send) {
  const token = random_token();
  /** @type {Promise<any>} */
  let asking = Promise.resolve();
  return (request, receive) => {
    asking = asking.then(async () =>
      receive(await send({ token, ...request() }).catch(() => null)),
    );
    return asking;
  };
}
