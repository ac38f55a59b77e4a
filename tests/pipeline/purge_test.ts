/**
 * Tests of `Purge`.
 *
 * Goal: after a purge all derived rows are those of a home that was never told of what is gone,
 * whatever was told in whatever order, and wherever the purge was broken off. Method: made-up
 * histories go through fast and slow path; another home is told the rest alone; all derived
 * tables are compared row by row.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { type PurgeChoice, readPurgeProgress } from "../../core/purge.ts";
import { purgedBeside } from "../../pipeline/purged_file.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { aroundStatements, diskFullError } from "../helpers/faults.ts";
import { allEvents, archive } from "./archive_stage.ts";
import { type DerivedRows, derivedRows } from "./derived_rows.ts";
import { inBatches, retold } from "./derive/histories.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { purgeOf } from "./purge_stage.ts";
import { tempDatabase } from "./temp_database.ts";

const YEAR_MS = 365 * 86_400_000;

const choice: fc.Arbitrary<PurgeChoice> = fc.record({
  session: fc.constantFrom("s0", "s1", "s2"),
  platform: fc.constantFrom("claude_code", "cursor"),
  before: fc.integer({ min: 0, max: 12 * 86_400_000 }).map((ms) => NOON - ms),
}, { requiredKeys: [] });

const brokenAt = fc.nat({ max: 8 });

Deno.test("Purge.settle() leaves the rows of a home that was never told of it", async () => {
  await fc.assert(
    fc.asyncProperty(retold, choice, brokenAt, fc.boolean(), async (...drawn) => {
      const [history, choice, brokenAt, isArchived] = drawn;
      const { again, order, batch } = history;
      // An event is the same whenever it is told.
      const known = new Set<string>();
      const events = [...again, ...order].filter(({ sessionId, eventId }) => {
        const name = `${sessionId} ${eventId}`;
        return !known.has(name) && known.add(name);
      });
      using folder = tempDatabase();
      {
        using parts = openParts(folder.path);
        await tell(parts, events, batch);
        if (isArchived) archive(parts.db, folder.path, NOON + YEAR_MS);
        purgeOf(parts, folder.path).begin(choice);
        await purge(parts, folder.path, brokenAt);
      }
      using parts = openParts(folder.path);
      await purge(parts, folder.path);

      const rest = events.filter((event) => !isChosen(event, choice));
      assert.deepEqual(derivedRows(parts.db), await rowsOf(rest, batch));
      assert.deepEqual(allEvents(parts.db, folder.path), rest.map(encodeEvent).sort());
      await tell(parts, events, batch);
      assert.deepEqual(derivedRows(parts.db), await rowsOf(rest, batch), "it is not told again");
    }),
    fcRuns(6),
  );
});

Deno.test("Purge.reclaim() does without a copy, when the disk has no room for it", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await tell(parts, [makePrompt({ id: "p", session: "gone-session" })], 1);
  purgeOf(parts, folder.path).begin({});
  {
    using _full = aroundStatements((call, what, rest) => {
      if (what === "exec vacuum") throw diskFullError();
      return call(...rest);
    });
    await purge(parts, folder.path);
  }
  const bytes = new TextDecoder("latin1").decode(Deno.readFileSync(folder.path));
  assert.equal(bytes.includes("gone-session"), false, "it is overwritten");
  assert.equal(parts.db.prepare("pragma freelist_count").get()!.freelist_count, 0);
});

Deno.test("Purge.step() notes beside the database what goes, before anything does", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await tell(parts, [makePrompt({ id: "p", session: "gone-session", undated: true })], 1);
  const begun = purgeOf(parts, folder.path), path = purgedBeside(folder.path);
  begun.begin({ session: "gone-session" });
  const kept: unknown[] = [];
  using _watch = aroundStatements((call, what, rest) => {
    if (what.includes("delete from trace_blocks")) {
      kept.push(JSON.parse(Deno.readTextFileSync(path)));
    }
    return call(...rest);
  });
  await purge(parts, folder.path);

  const [first] = kept as { until: unknown[][]; events: unknown[][] }[];
  assert.deepEqual([first!.until.length, first!.events.length], [1, 0]);
  const { events } = JSON.parse(Deno.readTextFileSync(path));
  assert.equal(events.length, 1, "which events those without a time were is known in the end");
  assert.equal(Deno.readTextFileSync(path).includes("gone-session"), false);
});

Deno.test("Purge.begin() closes nothing to what is still to come", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const event = makePrompt({ id: "p", session: "s" });
  await tell(parts, [event], 1);
  const now = parts.clock.now() + 1000;
  for (const session of [undefined, "s"]) {
    purgeOf(parts, folder.path).begin({ session, before: now + YEAR_MS });
    await purge(parts, folder.path);
  }
  assert.equal(parts.tombstones.holds({ ...event, timestamp: event.timestamp }), true);
  assert.equal(parts.tombstones.holds({ ...event, timestamp: now }), false);
});

Deno.test("Purge.step() loses nothing that is noted beside the database alone", async () => {
  using folder = tempDatabase();
  const path = purgedBeside(folder.path), other = ["cursor", "", NOON - YEAR_MS];
  const text = JSON.stringify({ until: [other], events: [[7, "cursor"].toReversed()] });
  Deno.writeTextFileSync(path, text);
  using parts = openParts(folder.path);
  const event = makePrompt({ id: "p", platform: "cursor", session: "s" });
  const old = { ...event, timestamp: NOON - YEAR_MS - 1 };
  assert.equal(parts.tombstones.holds(old), false);
  await tell(parts, [makePrompt({ id: "q", session: "s" })], 1);
  purgeOf(parts, folder.path).begin({ session: "s" });
  await purge(parts, folder.path);

  const { until, events } = JSON.parse(Deno.readTextFileSync(path));
  assert.deepEqual([until.length, events], [2, [["cursor", 7]]]);
  assert.deepEqual(until.at(-1), other);
  assert.equal(parts.tombstones.holds(old), true);
});

/** Goes on with what was begun, to its end or up to a step. */
async function purge(parts: Parts, path: string, until = Infinity): Promise<void> {
  const purge = purgeOf(parts, path);
  const isPending = () => readPurgeProgress(parts.db) !== undefined;
  if (!isPending()) return;
  const steps = [
    () => purge.step(),
    () => {
      while (purge.step());
    },
    () => purge.settle(),
    async () => {
      for (let some = 0; some < 3; some++) purge.settle();
      await parts.deriveAll();
    },
    () => {
      while (purge.settle());
    },
    () => parts.deriveAll(),
    () => purge.sweep(),
    () => {
      while (purge.reclaim());
    },
  ];
  for (const [i, step] of steps.entries()) if (i < until) await step();
  assert.equal(isPending(), until < steps.length);
}

async function tell(
  parts: Parts,
  events: readonly TelemetryEvent[],
  batch: number,
): Promise<void> {
  for (const some of inBatches(events, batch)) {
    await parts.events.publish(some.map(encodeEvent));
    await parts.runToEnd();
  }
}

async function rowsOf(events: readonly TelemetryEvent[], batch: number): Promise<DerivedRows> {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await tell(parts, events, batch);
  return derivedRows(parts.db);
}

function isChosen(event: TelemetryEvent, { platform, session, before }: PurgeChoice): boolean {
  return (platform === undefined || event.platform === platform) &&
    (session === undefined || event.sessionId === session) &&
    (before === undefined || event.timestamp < before);
}
