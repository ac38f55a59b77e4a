/** Tests of `pipeline/derive/usage_table.ts`: what is counted is tested with each part. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import { literal } from "../../../core/privacy.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { NOON, seededRandom } from "../../helpers/events.ts";
import { Story } from "../../helpers/story.ts";
import { VirtualClock } from "../../helpers/virtual_clock.ts";
import { derivedRows } from "../derived_rows.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const TABLES = [
  "usage_sums",
  "session_usage",
  "tool_sequences",
  "workflows",
  "attribution_sums",
] as const;
const STEPS: readonly ((story: Story) => unknown)[] = [
  (s) => s.prompt(),
  (s) => s.input("queued_prompt").wait(20_000),
  (s) => s.input("context_compact", { tokens_before: 90, tokens_after: 20 }),
  (s) => s.response({ cacheRead: 150_000, told: { agent_type: literal("Explore") } }),
  (s) => s.response({ model: "claude-haiku-4-5", sidechain: true }).wait(400_000),
  (s) => s.call("Bash", { outcome: "failed" }),
  (s) => s.call("Read", { file: "a" }),
  (s) => s.call("Edit", { file: "a", sidechain: true }),
];

async function rowsOf(batches: readonly (readonly TelemetryEvent[])[]) {
  using folder = tempDatabase();
  using parts = openParts(folder.path, new VirtualClock(NOON + 3_600_000));
  for (const batch of batches) {
    inTransaction(parts.db, () => parts.fold.apply(batch));
    await parts.groups.step();
  }
  await parts.deriveAll();
  const rows = derivedRows(parts.db);
  return TABLES.map((table) => rows[table]);
}

Deno.test("UsageTable.write() counts the same, whatever order facts come in", async () => {
  const histories = fc.record({
    steps: fc.array(fc.nat({ max: STEPS.length - 1 }), { minLength: 1, maxLength: 30 }),
    seed: fc.nat(),
    size: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(histories, async ({ steps, seed, size }) => {
      const story = new Story();
      for (const step of steps) STEPS[step]!(story);
      const random = seededRandom(seed);
      const twice = [...story.events, ...story.events.slice(0, 3)];
      const again = twice.map((event) => [random(), event] as const)
        .sort(([a], [b]) => a - b).map(([, event]) => event);
      const batches = Array.from(
        { length: Math.ceil(again.length / size) },
        (_, i) => again.slice(i * size, (i + 1) * size),
      );

      assert.deepEqual(await rowsOf(batches), await rowsOf([story.events]));
    }),
    fcRuns(8),
  );
});

Deno.test("UsageTable.write() keeps minutes for a day, and quarters for good", async () => {
  const old = new Story("old", { at: NOON - 30 * 3_600_000 }).prompt();
  const [sums, sessions] = await rowsOf([[...old.events, ...new Story("new").prompt().events]]);

  const tiers = (name: string) =>
    sums!.filter(({ session }) => session === `claude_code/${name}`).map(({ tier }) => tier);
  assert.deepEqual(tiers("old").sort(), [0, 300, 900]);
  assert.deepEqual(tiers("new").sort(), [0, 300, 60, 900]);
  assert.deepEqual(sessions!.map(({ operations }) => operations), [1, 1]);
});
