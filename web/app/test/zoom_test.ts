import assert from "node:assert/strict";
import { test } from "node:test";
import { WHOLE, centred, moved, zoomAt } from "../src/core/zoom.ts";

const frame = { width: 400, height: 200 };

test("the point under the hand stays where it is", () => {
  const zoom = zoomAt(WHOLE, 2, 100, 50, frame);
  assert.deepEqual(zoom, { k: 2, x: -100, y: -50 });
  const again = zoomAt(zoom, 1.5, 300, 120, frame);
  assert.ok(Math.abs((300 - zoom.x) / zoom.k - (300 - again.x) / again.k) < 1e-9);
});

test("it is never smaller than its frame, and leaves no empty edge", () => {
  assert.deepEqual(zoomAt(WHOLE, 0.2, 10, 10, frame), WHOLE);
  assert.deepEqual(moved(WHOLE, 50, -50, frame), WHOLE);
  assert.deepEqual(moved({ k: 2, x: -100, y: -50 }, 1000, -1000, frame), { k: 2, x: 0, y: -200 });
  assert.equal(zoomAt(WHOLE, 1e9, 0, 0, frame).k, 40);
});

test("a point is put in the middle, if the edges allow it", () => {
  assert.deepEqual(centred(4, 200, 100, frame), { k: 4, x: -600, y: -300 });
  assert.deepEqual(centred(2, 0, 0, frame), { k: 2, x: 0, y: 0 });
});
