/** Tests of `pipeline/derive/usage/phase_usage.ts`. Facts are a minute apart. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { watchPhases } from "../../../../pipeline/derive/usage/phase_usage.ts";
import { NOON } from "../../../helpers/events.ts";
import { fcRuns } from "../../../helpers/fc_runs.ts";
import { call, input, response, type Shown, shownTo } from "./shown.ts";

const MINUTE_MS = 60_000;

/** Minutes and calls by phase. */
function phases(...facts: readonly Shown[]) {
  const { counts } = shownTo(watchPhases, facts);
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) =>
      name.endsWith("_ms")
        ? [name.slice(6, -3), Number(count) / MINUTE_MS]
        : [name.slice(6).replace("_calls", " n"), count]
    ),
  );
}

/** A call that takes so many minutes. */
function lasting(tool: string, minutes: number, seen = {}): Shown {
  return (watcher, at) =>
    call(tool, { resolvedAt: at + minutes * MINUTE_MS, ...seen })(watcher, at);
}

Deno.test("watchPhases() gives what leads to a call to its phase, the rest to the answer", () => {
  const told = phases(
    input("user_prompt"),
    response(),
    lasting("Read", 0.5),
    response(),
    call("Edit"),
    lasting("Bash", 1, { form: "test" }),
    response(),
    response(),
  );

  // Prompt at 0; Read 2 to 2.5; Edit at 4; Bash 5 to 6; the answer at 7.
  assert.deepEqual(told, {
    explore: 2.5,
    "explore n": 1,
    edit: 1.5,
    "edit n": 1,
    test: 2,
    "test n": 1,
    answer: 1,
  });
});

Deno.test("watchPhases() counts calls side by side once, and none of sub-agents", () => {
  const told = phases(
    input("user_prompt"),
    lasting("Task", 10),
    call("Edit", { side: true }),
    response({ side: true }),
    lasting("Bash", 8),
    response(),
  );

  // Task 1 to 11; Bash 4 to 12.
  assert.deepEqual(told, { delegate: 11, "delegate n": 1, run: 1, "run n": 1 });
});

Deno.test("watchPhases() ends a turn where the next begins, but for what was queued", () => {
  const turn = [input("user_prompt"), lasting("Bash", 9)];

  assert.deepEqual(phases(...turn, input("user_prompt"), response()), {
    run: 2,
    "run n": 1,
    answer: 1,
  });
  assert.deepEqual(phases(...turn, input("queued_prompt"), response()), { run: 10, "run n": 1 });
  assert.deepEqual(phases(...turn, input("queued_prompt"), input("user_prompt")), {
    run: 3,
    "run n": 1,
  });
});

Deno.test("watchPhases() counts nothing in which nobody need have worked", () => {
  const asked = phases(input("user_prompt"), lasting("AskUserQuestion", 3), response());
  const away = phases(
    input("user_prompt"),
    lasting("Bash", 600, { durationMs: 2 * MINUTE_MS }),
    (watcher) => response()(watcher, NOON + 602 * MINUTE_MS),
  );
  const paused = phases(
    input("user_prompt"),
    (watcher) => response()(watcher, NOON + 62 * MINUTE_MS),
  );
  const undated = phases(input("user_prompt", { timed: false }), response());

  assert.deepEqual(asked, { plan: 1, "plan n": 1 });
  assert.deepEqual(away, { run: 3, "run n": 1, answer: 1 });
  assert.deepEqual([paused, undated], [{}, {}]);
});

Deno.test("watchPhases() never counts more time than there was, nor less than none", () => {
  const fact = fc.oneof(
    fc.constantFrom("user_prompt" as const, "queued_prompt" as const).map((type) => input(type)),
    fc.boolean().map((side) => response({ side })),
    fc.tuple(fc.constantFrom("Read", "Edit", "Bash", "AskUserQuestion"), fc.nat({ max: 9 }))
      .map(([tool, minutes]) => lasting(tool, minutes)),
  );
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 20 }), (facts) => {
      const { counts } = shownTo(watchPhases, facts);
      const times = Object.entries(counts).filter(([name]) => name.endsWith("_ms"))
        .map(([, count]) => Number(count));
      const all = times.reduce((sum, time) => sum + time, 0);

      assert.ok(times.every((time) => time >= 0));
      assert.ok(all <= (facts.length + 9) * MINUTE_MS);
    }),
    fcRuns(60),
  );
});
