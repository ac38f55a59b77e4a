/** Whatever order facts come in, and whenever the group works, the same insights are found. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { seededRandom } from "../../helpers/events.ts";
import { Story } from "../../helpers/story.ts";
import { derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts, type Parts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

/** What can happen, with something in it for most kinds. */
const STEPS: readonly ((story: Story) => unknown)[] = [
  (s) => s.prompt(),
  (s) => s.prompt().input("interruption"),
  (s) => s.input("api_error"),
  (s) => s.input("context_compact"),
  (s) => s.response({ cacheCreation: 150_000 }),
  (s) => s.response({ cacheRead: 150_000 }).wait(400_000),
  (s) => s.call("Bash", { outcome: "failed", error: "timeout", durationMs: 700_000 }),
  (s) => s.call("Bash", { form: "git", characters: 90_000 }),
  (s) => s.call("Edit", { outcome: "rejected" }),
  (s) => s.call("Edit", { file: "a", added: 40, removed: 30 }),
  (s) => s.call("Read", { file: "a", form: "whole", characters: 400 }),
  (s) => s.call("Edit", { outcome: "failed", error: "text_not_found", sidechain: true }),
];
const histories = fc.record({
  steps: fc.array(fc.tuple(fc.nat({ max: STEPS.length - 1 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 1,
    maxLength: 25,
  }),
  seed: fc.nat(),
  batch: fc.integer({ min: 1, max: 200 }),
});

Deno.test("InsightTable.derive() finds the same, whatever order facts come in", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ steps, seed, batch }) => {
      const story = new Story();
      for (const [step, times] of steps) story.times(times, STEPS[step]!);
      const { events } = story;
      const expected = await insightsOf([events], false);

      assert.deepEqual(await insightsOf(batchesOf(shuffle(events, seed), batch), true), expected);
    }),
    fcRuns(30),
  );
});

Deno.test("InsightTable.derive() finds much in such sessions", async () => {
  const story = new Story();
  for (const step of STEPS) story.times(20, step);

  const kinds = new Set((await insightsOf([story.events], false)).map(({ kind }) => kind));

  assert.ok(kinds.size >= 9, [...kinds].join(" "));
});

/** What is found in the end; where it is hasty, a little is derived after each batch. */
async function insightsOf(
  batches: readonly (readonly TelemetryEvent[])[],
  isHasty: boolean,
): Promise<Record<string, unknown>[]> {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  for (const batch of batches) {
    inTransaction(parts.db, () => parts.fold.apply(batch));
    if (isHasty) await deriveALittle(parts);
  }
  await parts.deriveAll();
  return derivedRows(parts.db).insights;
}

async function deriveALittle(parts: Parts): Promise<void> {
  for (let i = 0; i < 2; i++) await parts.groups.step();
}

function batchesOf(events: readonly TelemetryEvent[], size: number): TelemetryEvent[][] {
  return Array.from(
    { length: Math.ceil(events.length / size) },
    (_, i) => events.slice(i * size, (i + 1) * size),
  );
}

function shuffle(events: readonly TelemetryEvent[], seed: number): TelemetryEvent[] {
  const random = seededRandom(seed);
  return events.map((event) => [random(), event] as const)
    .sort(([a], [b]) => a - b).map(([, event]) => event);
}
