/** Tests of `core/reports/usage/workflows.ts`. */

import assert from "node:assert/strict";
import { readWorkflows } from "../../../../core/reports/usage/workflows.ts";
import { NOON } from "../../../helpers/events.ts";
import { filledHome } from "../../../helpers/filled_home.ts";
import { Story } from "../../../helpers/story.ts";

const HOUR_MS = 3_600_000;

Deno.test("readWorkflows() adds up turns of sessions that were going on", async () => {
  const turn = (story: Story) => story.prompt().call("Read").call("Edit").response();
  const one = new Story("one").times(2, turn).prompt().call("Bash").response();
  const two = new Story("two", { project: "2d9ccfb70b687582" }).times(1, turn)
    .prompt().call("Edit", { outcome: "failed" }).call("Bash").prompt().response();
  const old = new Story("old", { at: NOON - 25 * HOUR_MS }).times(3, turn);
  await using home = await filledHome([one, two, old].flatMap(({ events }) => events));
  const read = (hours: number | undefined, filter = {}) =>
    readWorkflows(home.db, {
      period: {
        from: hours === undefined ? undefined : NOON - hours * HOUR_MS,
        to: NOON + HOUR_MS,
      },
      filter,
      now: NOON,
    });

  const [flow, ...others] = read(1);
  const [{ value, n } = { value: null, n: 0 }] = [flow!.finished ?? undefined];
  const { finished: _, ...counts } = flow!;

  // Prompt, calls and response come a second after each other.
  assert.deepEqual(counts, {
    phases: ["explore", "edit"],
    turns: 3,
    sessions: 2,
    broken_off: 0,
    calls_per_turn: 2,
    failed_calls: 0,
    mean_ms: 3000,
  });
  assert.deepEqual([value, n], [1, 3]);
  // What came once is no habit.
  assert.deepEqual(others, []);
  assert.deepEqual(read(undefined).map(({ turns, sessions }) => [turns, sessions]), [[6, 3]]);
  assert.deepEqual(read(undefined, { session: "old" }).map(({ turns }) => turns), [3]);
});
