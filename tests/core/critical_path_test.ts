/** Tests of `core/critical_path.ts`; times are seconds. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type ChainCall, criticalPath, type PathFacts } from "../../core/critical_path.ts";
import { compareMoments, type Moment, MOMENT_KINDS, splitTime } from "../../core/time_split.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const SECOND_MS = 1000;
const NOTHING: PathFacts = {
  main: { moments: [], calls: [] },
  agents: new Map(),
  agentOf: new Map(),
  permissions: [],
  active: [],
};

function moment(kind: Moment["kind"], at: number): Moment {
  return { kind, at: at * SECOND_MS };
}

/** A call of the tool that has the same number. */
function call(key: number, from: number, to: number, told: Partial<ChainCall> = {}): ChainCall {
  const times = { at: from * SECOND_MS, endedAt: to * SECOND_MS };
  return { key, ...times, tool: key, isQuestion: false, isRefused: false, ...told };
}

/** `model 0-2`, `tool 7 2-5`, with a `+` before those of sub-agents. */
function path(facts: Partial<PathFacts>): string[] {
  return criticalPath({ ...NOTHING, ...facts }).steps.map((step) =>
    [
      (step.isOfAgent ? "+" : "") + step.kind,
      ...step.tool === null ? [] : [step.tool],
      `${step.from / SECOND_MS}-${step.to / SECOND_MS}`,
    ].join(" ")
  );
}

Deno.test("criticalPath() goes through all that happened one after the other", () => {
  const moments = [moment("prompt", 0), moment("response", 2), moment("response", 9)];

  assert.deepEqual(path({ main: { moments, calls: [call(7, 2, 5)] } }), [
    "model 0-2",
    "tool 7 2-5",
    "model 5-9",
  ]);
  assert.deepEqual(path({}), []);
});

Deno.test("criticalPath() waits for the call that ended last, from its beginning on", () => {
  const moments = [moment("prompt", 0), moment("response", 2), moment("response", 20)];
  const calls = [call(1, 2, 10), call(2, 4, 15), call(3, 5, 14)];

  const told = { main: { moments, calls } };

  assert.deepEqual(path(told), ["model 0-4", "tool 2 4-15", "model 15-20"]);
  assert.deepEqual([...criticalPath({ ...NOTHING, ...told }).calls], [2]);
});

Deno.test("criticalPath() goes through what the sub-agent did for which a call waited", () => {
  const moments = [moment("prompt", 0), moment("response", 1), moment("response", 30)];
  const agents = new Map([
    [50, { moments: [moment("response", 5), moment("response", 19)], calls: [call(9, 5, 15)] }],
    [60, { moments: [moment("response", 8)], calls: [call(8, 2, 8)] }],
  ]);
  const agentOf = new Map([[1, 50], [2, 60]]);
  const calls = [call(1, 1, 20), call(2, 1, 9)];

  assert.deepEqual(path({ main: { moments, calls }, agents, agentOf }), [
    "model 0-1",
    "+model 1-5",
    "+tool 9 5-15",
    "+model 15-20",
    "model 20-30",
  ]);
});

Deno.test("criticalPath() ends where a sub-agent is said to have started itself", () => {
  const inner = { moments: [moment("response", 3)], calls: [call(2, 3, 8)] };
  const facts = {
    main: { moments: [moment("prompt", 0)], calls: [call(1, 1, 9)] },
    agents: new Map([[50, inner]]),
    agentOf: new Map([[1, 50], [2, 50]]),
  };

  assert.deepEqual(path(facts), [
    "model 0-1",
    "+model 1-3",
    "+tool 2 3-8",
    "+model 8-9",
  ]);
});

Deno.test("criticalPath() tells a person from what they let run, and questions from calls", () => {
  const moments = [moment("prompt", 0), moment("response", 30), moment("prompt", 40)];
  const calls = [call(1, 2, 12), call(2, 15, 25, { isQuestion: true })];

  assert.deepEqual(
    path({ main: { moments, calls }, permissions: [[3000, 6000], [5000, 8000]] }),
    [
      "model 0-2",
      "tool 1 2-3",
      "permission 3-8",
      "tool 1 8-12",
      "model 12-15",
      "user 15-25",
      "model 25-30",
      "user 30-40",
    ],
  );
});

Deno.test("criticalPath() waits for sub-agents behind it only while nothing else goes on", () => {
  const moments = [moment("prompt", 0), moment("response", 4), moment("prompt", 1000)];

  assert.deepEqual(path({ main: { moments, calls: [] }, active: [[2000, 9000]] }), [
    "model 0-4",
    "+agent 4-9",
  ]);
});

Deno.test("criticalPath() is as long as all states, where nothing ran side by side", () => {
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom(...MOMENT_KINDS.filter((kind) => kind !== "call")),
      gap: fc.nat({ max: 400 }),
      lasts: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 15 },
  );
  fc.assert(
    fc.property(steps, (steps) => {
      let at = 0;
      const moments: Moment[] = [], calls: ChainCall[] = [];
      steps.forEach(({ kind, gap, lasts }, i) => {
        at += gap;
        moments.push(moment(kind, at));
        if (lasts === undefined) return;
        moments.push(moment("call", at), moment("result", at + lasts));
        calls.push(call(i, at, at + lasts));
        at += lasts;
      });
      moments.sort(compareMoments);
      const tools = calls.map(({ at, endedAt }) => [at, endedAt] as const);
      const facts = { moments, tools, permissions: [], agents: [] };
      const states = splitTime(facts, [0, at * SECOND_MS + 1]);
      const found = criticalPath({ ...NOTHING, main: { moments, calls } }).steps;

      const sum = (parts: readonly { from: number; to: number }[]) =>
        parts.reduce((all, { from, to }) => all + to - from, 0);
      for (const kind of ["model", "tool", "user"] as const) {
        assert.equal(
          sum(found.filter((step) => step.kind === kind)),
          sum(states.filter(({ state }) => state === kind)),
          kind,
        );
      }
    }),
    fcRuns(),
  );
});

Deno.test("criticalPath() is in order, without overlap, whatever order facts are in", () => {
  const side = fc.record({ from: fc.nat({ max: 90 }), lasts: fc.nat({ max: 30 }) });
  const facts = fc.record({
    moments: fc.array(
      fc.record({ at: fc.nat({ max: 90 }), kind: fc.constantFrom(...MOMENT_KINDS) }),
      { maxLength: 10 },
    ),
    calls: fc.array(side, { maxLength: 6 }),
    inner: fc.array(side, { maxLength: 4 }),
    asked: fc.array(side, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(facts, ({ moments, calls, inner, asked }) => {
      const callsOf = (list: typeof calls, first: number) =>
        list.map(({ from, lasts }, i) => call(first + i, from, from + lasts));
      const intervals = asked.map(({ from, lasts }) =>
        [from * SECOND_MS, (from + lasts) * SECOND_MS] as const
      );
      const turned = (isTurned: boolean) => {
        const turn = <T>(list: readonly T[]) => isTurned ? list.toReversed() : list;
        return criticalPath({
          main: {
            moments: moments.map(({ at, kind }) => moment(kind, at)).sort(compareMoments),
            calls: turn(callsOf(calls, 0)),
          },
          agents: new Map([[5, { moments: [], calls: turn(callsOf(inner, 100)) }]]),
          agentOf: new Map([[0, 5]]),
          permissions: turn(intervals),
          active: turn(intervals),
        }).steps;
      };
      const steps = turned(false);

      assert.deepEqual(turned(true), steps);
      steps.forEach(({ from, to }, i) => {
        assert.ok(from < to);
        assert.ok(i === 0 || steps[i - 1]!.to <= from);
      });
    }),
    fcRuns(),
  );
});
