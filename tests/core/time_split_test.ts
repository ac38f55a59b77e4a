/** Tests of how the time of a session is cut into states. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  compareMoments,
  type Interval,
  joined,
  type Moment,
  MOMENT_KINDS,
  splitTime,
  stateBetween,
  type TimeFacts,
} from "../../core/time_split.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const MINUTE_MS = 60_000;
const NOTHING: TimeFacts = { moments: [], tools: [], permissions: [], agents: [] };

function states(facts: Partial<TimeFacts>, within: Interval = [0, 1000]) {
  return splitTime({ ...NOTHING, ...facts }, within)
    .map(({ from, to, state }) => `${from}-${to} ${state}`);
}

Deno.test("stateBetween() is of the model, when it was asked and answered", () => {
  const between = (before: Moment["kind"], after: Moment["kind"], ms = 1000) =>
    stateBetween({ at: 0, kind: before }, { at: ms, kind: after });

  assert.equal(between("prompt", "response", 60 * MINUTE_MS), "model");
  assert.equal(between("result", "call", 60 * MINUTE_MS), "model");
  assert.equal(between("command", "response", 6 * MINUTE_MS), "model");
  assert.equal(between("prompt", "response", 61 * MINUTE_MS), undefined);
  assert.equal(between("response", "call"), "model");
  assert.equal(between("response", "response", 6 * MINUTE_MS), undefined);
  assert.equal(between("prompt", "end"), "model");
  // Another prompt is queued while it works, or the first one was never answered.
  assert.equal(between("prompt", "prompt"), "model");
  assert.equal(between("prompt", "prompt", 6 * MINUTE_MS), undefined);
});

Deno.test("stateBetween() is of the user up to five minutes, and idle after that", () => {
  for (const kind of ["response", "end", "refusal"] as const) {
    const between = (ms: number) => stateBetween({ at: 0, kind }, { at: ms, kind: "prompt" });
    assert.equal(between(5 * MINUTE_MS), "user");
    assert.equal(between(5 * MINUTE_MS + 1), undefined);
  }
  // A question waits for its answer.
  assert.equal(stateBetween({ at: 0, kind: "call" }, { at: 9, kind: "answer" }), "user");
});

Deno.test("splitTime() puts permission before tools, tools before the model", () => {
  const moments: Moment[] = [{ at: 0, kind: "prompt" }, { at: 400, kind: "response" }];

  assert.deepEqual(states({ moments, tools: [[100, 300]], permissions: [[200, 250]] }), [
    "0-100 model",
    "100-200 tool",
    "200-250 permission",
    "250-300 tool",
    "300-400 model",
  ]);
});

Deno.test("splitTime() counts overlapping calls once, and agents each by itself", () => {
  const parts = splitTime(
    { ...NOTHING, tools: [[0, 100], [50, 150]], agents: [[0, 100], [50, 150]] },
    [0, 1000],
  );

  assert.deepEqual(parts.map(({ from, to, agents }) => [from, to, agents]), [
    [0, 50, 1],
    [50, 100, 2],
    [100, 150, 1],
  ]);
});

Deno.test("splitTime() has agents behind it work as a tool, where nothing else does", () => {
  const moments: Moment[] = [
    { at: 0, kind: "prompt" },
    { at: 100, kind: "response" },
    { at: 300, kind: "prompt" },
  ];

  assert.deepEqual(states({ moments, agents: [[50, 200]] }), [
    "0-50 model",
    "50-100 model",
    "100-200 tool",
    "200-300 user",
  ]);
});

Deno.test("splitTime() tells of a stretch what a cut of the whole does", () => {
  const within = fc.tuple(fc.nat({ max: 90 }), fc.nat({ max: 90 }))
    .map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]);
  const moments = fc.array(
    fc.record({ at: fc.nat({ max: 90 }), kind: fc.constantFrom(...MOMENT_KINDS) }),
    { maxLength: 12 },
  ).map((list) => list.sort(compareMoments));
  const intervals = fc.array(within, { maxLength: 4 });
  const facts = fc.record({
    moments,
    tools: intervals,
    permissions: intervals,
    agents: intervals,
  });
  fc.assert(
    fc.property(facts, fc.nat({ max: 90 }), (facts, cut) => {
      const each = (parts: ReturnType<typeof splitTime>) =>
        parts.flatMap(({ from, to, state, agents }) =>
          Array.from({ length: to - from }, (_, i) => `${from + i} ${state} ${agents}`)
        );
      const whole = each(splitTime(facts, [0, 100]));

      assert.deepEqual(
        [...each(splitTime(facts, [0, cut])), ...each(splitTime(facts, [cut, 100]))],
        whole,
      );
      assert.equal(new Set(whole.map((text) => text.split(" ")[0])).size, whole.length);
    }),
    fcRuns(),
  );
});

Deno.test("joined() puts in order, and makes one of what touches", () => {
  assert.deepEqual(joined([[5, 6], [1, 3], [2, 4], [6, 7]]), [[1, 4], [5, 7]]);
  assert.deepEqual(joined([]), []);
});
