import assert from "node:assert/strict";
import test from "node:test";
import { latest_request } from "aigc/ui/latest_request.js";
import { random_token, serial_queue } from "aigc/ui/serial_queue.js";

/** A server whose answers come when they are let go. */
function server() {
  const waiting = [];
  const send = (request) => new Promise((answer, fail) => waiting.push({ request, answer, fail }));
  const settled = () => new Promise((done) => setTimeout(done));
  return { waiting, send, settled };
}

test("of requests that come meanwhile only the last is sent", async () => {
  const { waiting, send, settled } = server();
  const received = [];
  const ask = latest_request(send, (...given) => received.push(given));
  for (const request of ["a", "b", "c"]) ask(request);
  assert.deepEqual(
    waiting.map(({ request }) => request),
    ["a"],
  );
  waiting[0].answer("A");
  await settled();
  assert.deepEqual(received, [["A", "a", false]]); // not the last: another waits
  assert.deepEqual(
    waiting.map(({ request }) => request),
    ["a", "c"],
  );
  waiting[1].fail(new Error("gone"));
  await settled();
  assert.deepEqual(received.at(-1), [null, "c", true]);
  ask("d");
  assert.equal(waiting.at(-1).request, "d");
});

test("requests of one page go one at a time, in their order, under one name", async () => {
  const { waiting, send, settled } = server();
  const received = [];
  const ask = serial_queue(send);
  let asked = 0;
  for (let i = 0; i < 3; i++)
    ask(
      () => ({ number: asked++ }),
      (answer) => received.push(answer),
    );
  for (let i = 0; i < 3; i++) {
    await settled();
    assert.equal(waiting.length, i + 1); // the next is made when its turn has come
    assert.equal(waiting[i].request.number, i);
    if (i === 1) waiting[i].fail(new Error("gone"));
    else waiting[i].answer(i);
  }
  await settled();
  assert.deepEqual(received, [0, null, 2]);
  assert.equal(new Set(waiting.map(({ request }) => request.token)).size, 1);
});

test("a page's name is 128 random bits", () => {
  const names = Array.from({ length: 50 }, random_token);
  assert.equal(new Set(names).size, 50);
  for (const name of names) assert.match(name, /^[0-9a-f]{32}$/);
});
