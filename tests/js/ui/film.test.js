import assert from "node:assert/strict";
import test from "node:test";
import { sizes_of } from "aigc/ui/export_image.js";
import { numbered, share_of } from "aigc/ui/film_files.js";
import { arrangement, seen_tracks } from "aigc/ui/film_tracks.js";
import { columns_of, frame_at } from "aigc/ui/film_view.js";
import { place_of } from "aigc/ui/sprite.js";

test("a film alone shows the frame that its clock names", () => {
  for (const frames of [1, 2, 7, 51])
    for (let i = 0; i < frames; i++) assert.equal(frame_at(share_of(i, frames), frames), i);
});

test("films of other lengths begin and end together", () => {
  assert.deepEqual(
    [0, 50].map((i) => frame_at(share_of(i, 51), 11)),
    [0, 10],
  );
});

test("names of frames sort as the frames do", () => {
  const names = Array.from({ length: 120 }, (_, i) => numbered("film", i, 120));
  assert.deepEqual([...names].sort(), names);
  assert.equal(names[0], "film-001.png");
});

test("one track is always seen", () => {
  const tracks = ["x_t", "x_0", "ε"].map((symbol) => ({ symbol, seen: symbol !== "ε" }));
  assert.deepEqual(
    seen_tracks(tracks, (track) => track.seen),
    [0, 1],
  );
  assert.deepEqual(
    seen_tracks(tracks, () => false),
    [0],
  );
});

test("two films stand beside each other while neither shows more than two tracks", () => {
  assert.deepEqual(arrangement([2, 2]), { beside: true, rows: 1 });
  assert.deepEqual(arrangement([3, 2]), { beside: false, rows: 2 });
  assert.deepEqual(arrangement([6]), { beside: false, rows: 2 });
  for (let count = 1; count < 10; count++) {
    const { rows } = arrangement([count]);
    assert.ok(rows * columns_of(count) >= count && (rows - 1) * columns_of(count) < count);
  }
});

test("a saved picture is enlarged a whole number of times, to 300 pixels at least", () => {
  for (const width of [28, 64, 300, 512]) {
    const { rows } = sizes_of([{ width, height: 2 * width, tracks: 1 }]);
    assert.equal(rows[0].width % width, 0);
    assert.ok(rows[0].width >= 300 && rows[0].width < 300 + width);
    assert.equal(rows[0].height, 2 * rows[0].width);
  }
});

test("a saved film has room for all its pictures, gaps and names", () => {
  const film = { width: 300, height: 300, tracks: 3 };
  const one = sizes_of([film]),
    two = sizes_of([film, { ...film, tracks: 2 }]);
  assert.equal(one.width, 3 * 300 + 4 * 16);
  assert.equal(one.height, 16 + 300 + 34 + 16 + 34); // gap, picture, its name, gap, the caption
  assert.equal(two.width, one.width);
  assert.equal(two.height - one.height, 300 + 34 + 16 + 2 * 34); // each film's settings above it
});

test("a sheet's pictures tile it, row by row", () => {
  const places = Array.from({ length: 6 }, (_, i) => place_of(i, 28, 84).join());
  assert.deepEqual(places, ["0,0", "28,0", "56,0", "0,28", "28,28", "56,28"]);
});
