import assert from "node:assert/strict";
import test from "node:test";
import { next_count, rest_after, same_rules, training_session } from "aigc/ui/live_lab.js";

const PACE = { budget: 45, least: 1, most: 1000 };

test("at a steady speed the count settles where the work fills the budget", () => {
  for (const each of [1, 3, 9]) {
    let count = 1;
    for (let frame = 0; frame < 20; frame++) count = next_count(count, each * count, PACE);
    assert.equal(count, Math.round(45 / each));
  }
});

test("the count at most doubles, and stays from the least to the most", () => {
  assert.equal(next_count(4, 0.001, { ...PACE, most: 20 }), 8);
  assert.equal(next_count(16, 0.001, { ...PACE, most: 20 }), 20);
  assert.equal(next_count(4, 1e6, PACE), 1);
  const slower = { budget: 110, least: 40, most: 200 };
  assert.equal(next_count(100, 110, slower), 100); // it took the budget
  assert.equal(next_count(100, 220, slower), 50);
  assert.equal(next_count(60, 10, slower), 120);
  assert.equal(next_count(150, 10, slower), 200);
  assert.equal(next_count(50, 10_000, slower), 40);
});

test("a frame and its rest take as long as a frame may, and no rest is nothing", () => {
  for (const took of [0, 10, 50]) assert.equal(took + rest_after(took, 66), 66);
  assert.ok(rest_after(1000, 66) > 0);
});

test("rules are the same when each of them is", () => {
  assert.ok(same_rules({ shape: "ring", seed: 8 }, { seed: 8, shape: "ring" }));
  assert.ok(!same_rules({ shape: "ring", seed: 8 }, { shape: "ring", seed: 9 }));
});

test("a session tells what was refused, lost or gone, and counts what came", async () => {
  globalThis.window = /** @type {any} */ ({ aigc: { say: (both) => both } });
  const answers = [
    { rounds: 1, fresh: true },
    { problem: "out of range" },
    new Error("no network"),
    { rounds: 2, fresh: true },
  ];
  const play = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const reports = [];
  const words = /** @type {any} */ ({ lost: "lost", gone: "gone" });
  const session = training_session(play, words, (report) => reports.push(report));
  const good = [];
  for (let i = 0; i < 4; i++) good.push(Boolean(await session.ask(() => ({}))));
  assert.deepEqual(good, [true, false, false, true]);
  assert.deepEqual(
    reports.map(({ problem, gone, frames }) => [problem, gone, frames]),
    [
      ["", false, 1],
      ["out of range", false, 1],
      ["lost", false, 1],
      ["gone", true, 2],
    ],
  );
  assert.equal(session.frames(), 2);
});
