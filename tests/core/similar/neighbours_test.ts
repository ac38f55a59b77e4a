/** Tests of `core/similar/neighbours.ts`. */

import assert from "node:assert/strict";
import { comparable, scalesOf, sortedLogs } from "../../../core/similar/likeness.ts";
import {
  neighboursOf,
  smallerSide,
  splitBySuccess,
  successOf,
} from "../../../core/similar/neighbours.ts";
import { seededRandom } from "../../helpers/events.ts";
import { vectorSketch } from "./vector_sketch.ts";

const OUTCOME = {
  kept: 0,
  judged: 0,
  failed: 0,
  finished: 10,
  stops: 0,
  commits: 0,
  micros: 1,
  isLowerBound: false,
};

Deno.test("neighboursOf() has the nearest first, and the earlier of the equal", () => {
  const of = (sessionId: string, ts: number, md: number) =>
    vectorSketch({ sessionId, mixes: { extensions: new Map([["ts", ts], ["md", md]]) } });
  const sessions = [of("far", 1, 9), of("near", 9, 1), of("as near", 18, 2), of("exact", 1, 0)];
  const scales = scalesOf(sortedLogs(sessions.map(comparable)));
  const sought = { mixes: { extensions: new Map([["ts", 1]]) }, sizes: {} };

  const near = neighboursOf(
    comparable(sought),
    [...sessions, vectorSketch()].map((session) => ({
      session,
      comparable: comparable(session),
    })),
    scales,
  );

  assert.deepEqual(near.map(({ session }) => session.sessionId), [
    "exact",
    "near",
    "as near",
    "far",
    "s",
  ]);
});

Deno.test("neighboursOf() has so many of the nearest, the same as of all", () => {
  const random = seededRandom(5), up = () => Math.floor(random() * 6);
  const compared = Array.from({ length: 60 }, (_, number) => {
    const mixes = { extensions: new Map([["ts", up() + 1], ["md", up()]]) };
    const session = vectorSketch({ number, mixes, sizes: { calls: 2 ** up() } });
    return { session, comparable: comparable(session) };
  });
  const scales = scalesOf(sortedLogs(compared.map(({ comparable }) => comparable)));

  for (const { comparable } of compared.slice(0, 9)) {
    const all = neighboursOf(comparable, compared, scales);
    for (const count of [1, 4, 59]) {
      assert.deepEqual(
        neighboursOf(comparable, compared, scales, count),
        all.slice(0, count),
      );
    }
  }
});

Deno.test("successOf() is the mean of what is known", () => {
  assert.equal(successOf({ ...OUTCOME, finished: 0 }), null);
  assert.equal(successOf(OUTCOME), 1);
  assert.equal(successOf({ ...OUTCOME, stops: 1 }), 0.75);
  assert.equal(successOf({ ...OUTCOME, failed: 5, kept: 0, judged: 4 }), 0.5);
});

Deno.test("splitBySuccess() parts those better than the middle from the others", () => {
  const sessions = Array.from(
    { length: 11 },
    (_, failed) => vectorSketch({ number: failed, outcome: { ...OUTCOME, failed } }),
  );

  const { good, others } = splitBySuccess(sessions);

  assert.deepEqual(good.map(({ number }) => number), [0, 1, 2, 3, 4]);
  assert.equal(others.length, 6);
  assert.equal(smallerSide(splitBySuccess(sessions)), 5);
  assert.equal(smallerSide(splitBySuccess([])), 0);
});

Deno.test("splitBySuccess() parts no sessions that all went alike", () => {
  const same = Array.from({ length: 20 }, () => vectorSketch({ outcome: OUTCOME }));
  const mostly = same.map((one, i) =>
    i < 6 ? vectorSketch({ outcome: { ...OUTCOME, failed: 3 } }) : one
  );

  assert.equal(smallerSide(splitBySuccess(same)), 0);
  assert.equal(splitBySuccess(mostly).good.length, 14);
});
