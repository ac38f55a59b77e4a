/** Tests of `core/settlement.ts`: what is settled tells what its rows tell, at any moment. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, inTransaction, openWriter } from "../../core/database.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { noteMadeWith } from "../../core/made_with.ts";
import { digestMark } from "../../core/reports/digest_store.ts";
import { emptyDigest } from "../../core/reports/digest.ts";
import { digestTexts } from "../../core/reports/digest_text.ts";
import { readDigest, readGroupedDigests, wholeQuery } from "../../core/reports/digests.ts";
import { localKeys } from "../../core/reports/local_time.ts";
import type { Period } from "../../core/reports/period.ts";
import { Settlement } from "../../core/settlement.ts";
import { beginRebuild } from "../../pipeline/rebuild.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  TABLES,
} from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { openParts, type Parts } from "../pipeline/open_parts.ts";
import { tempDatabase } from "../pipeline/temp_database.ts";
import { fcRuns } from "./fc_runs.ts";

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
const PERIODS: readonly Period[] = [
  { from: undefined, to: NOON + 1 },
  { from: NOON - 33.7 * DAY_MS, to: NOON - 0.4 * DAY_MS },
];

/** What happens at a moment, in hours before noon. */
interface Deed {
  readonly id: number;
  readonly hours: number;
  readonly session: number;
  readonly lasts: number;
}

type Step =
  | { readonly does: "tell"; readonly deeds: readonly Deed[] }
  | { readonly does: "work"; readonly steps: number }
  | { readonly does: "delete" | "rebuild"; readonly session: number };

const deed = fc.record({
  id: fc.nat({ max: 12 }),
  hours: fc.constantFrom(0.5, 11.9, 12.1, 36, 700, 975),
  session: fc.integer({ min: 1, max: 4 }),
  lasts: fc.constantFrom(1000, 70_000, 2 * HOUR_MS),
});
const step = fc.oneof(
  fc.record({
    does: fc.constant("tell" as const),
    deeds: fc.array(deed, { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ does: fc.constant("work" as const), steps: fc.constantFrom(1, 3, 9, 500) }),
  fc.record({
    does: fc.constantFrom("delete", "rebuild"),
    session: fc.integer({ min: 1, max: 4 }),
  }),
) as fc.Arbitrary<Step>;

Deno.test("Settlement.step() changes no number, whatever was told and deleted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 6 }), async (steps) => {
      using folder = tempDatabase();
      using parts = openParts(folder.path);
      for (const one of [{ does: "tell", deeds: FIRST } as const, ...steps]) {
        await perform(parts, one);
        assert.deepEqual(numbers(parts.db), byRows(parts.db));
      }
      await parts.deriveAll();
      assert.equal(await parts.groups.depth(), 0);
      assert.deepEqual(numbers(parts.db), byRows(parts.db));
    }),
    fcRuns(3),
  );
});

Deno.test("Settlement.step() leaves today alone, until it is over", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path, new VirtualClock(NOON));
  await perform(parts, { does: "tell", deeds: FIRST });
  await parts.deriveAll();
  const { n } = parts.db.prepare("select count(*) as n from unsettled").get()!;
  const days = () => parts.count("digests where level = 2 and platform = 0");
  const before = days();

  parts.clock.advance(DAY_MS);
  await parts.deriveAll();

  assert.ok(Number(n) > 0 && before > 1);
  assert.equal(days(), before + 1);
  assert.equal(parts.count("unsettled"), 0);
});

Deno.test("Settlement.depth() is not 0, when digests are of another calendar", async () => {
  using folder = tempDatabase();
  {
    using parts = openParts(folder.path);
    await perform(parts, { does: "tell", deeds: FIRST });
    await parts.deriveAll();
    parts.db.exec("update made_with set value = 'another zone' where name = 'digests'");
  }
  using db = openWriter(folder.path);
  const count = () => db.prepare("select count(*) as n from digests").get()!.n;

  const settlement = new Settlement(db, new VirtualClock());

  assert.deepEqual([count(), settlement.depth()], [0, 1]);
  while (settlement.step());
  assert.ok(Number(count()) > 0);
  assert.equal(settlement.depth(), 0);
  assert.deepEqual(numbers(db), byRows(db));
});

const FIRST: readonly Deed[] = [
  { id: 1, hours: 0.5, session: 1, lasts: 1000 },
  { id: 2, hours: 30, session: 1, lasts: 70_000 },
  { id: 3, hours: 700, session: 2, lasts: 2 * HOUR_MS },
  { id: 4, hours: 975, session: 3, lasts: 70_000 },
];

async function perform(parts: Parts, step: Step): Promise<void> {
  if (step.does === "tell") {
    await parts.events.publish(step.deeds.flatMap(eventsOf).map(encodeEvent));
    await parts.fastPath.runBatch();
    return;
  }
  if (step.does === "work") {
    for (let i = 0; i < step.steps && await parts.groups.step(); i++);
    return;
  }
  // To be deleted is to be derived again, out of nothing.
  const announced = step.does === "rebuild"
    ? parts.groups.beginRebuild.bind(parts.groups)
    : (id: string) => beginRebuild(parts.db, Object.values(TABLES), () => 1, { sessionId: id });
  inTransaction(parts.db, () => announced(`s${step.session}`));
}

/** The same deed may be told by two sessions: then one of them is a fork. */
function eventsOf({ id, hours, session, lasts }: Deed): TelemetryEvent[] {
  const at = NOON - hours * HOUR_MS;
  const place = {
    session: `s${session}`,
    platform: session === 3 ? "cursor" : "claude_code",
    ...(session === 1 ? {} : { project: `${session % 2}a` }),
  };
  const result = makeToolResult({
    ...place,
    id: `r${id}-${session}`,
    use: `u${id}`,
    at: at + lasts,
    outcome: id % 3 === 0 ? "failed" : "ok",
    added: id,
  });
  return [
    makePrompt({ ...place, id: `p${id}-${session}`, at: at - 4000 }),
    makeResponse({
      ...place,
      id: `m${id}-${session}`,
      message: `m${id}`,
      at,
      model: id % 2 ? "claude-opus-4-5" : "claude-haiku-4-5",
      output: 10 + id,
      calls: 1,
    }),
    makeToolUse({
      ...place,
      id: `u${id}-${session}`,
      use: `u${id}`,
      tool: id % 2 ? "Edit" : "Bash",
      extension: "ts",
      message: `m${id}`,
      at: at + 1,
    }),
    { ...result, payload: { ...result.payload, duration_ms: lasts } },
  ];
}

/** All that digests tell, in their texts: the order of what is in them says nothing. */
function numbers(db: Database) {
  const nothing = JSON.stringify(digestTexts(emptyDigest()));
  return PERIODS.map((period) => {
    const whole = wholeQuery(period, {}, NOON);
    const groups = (["project", "day", "month", "hour"] as const).map((by) => {
      const group = by === "project" ? by : "time";
      const name = by === "project" ? String : localKeys(by);
      const parts = { whole: false, times: true, tools: false };
      return [...readGroupedDigests(db, { ...whole, parts }, { group, by, name })]
        .map(([key, digest]) => [key, JSON.stringify(digestTexts(digest))])
        .filter(([, text]) => text !== nothing).sort();
    });
    const tools = { ...whole, parts: { ...whole.parts, tools: true } };
    return [digestTexts(readDigest(db, whole)), digestTexts(readDigest(db, tools)), groups];
  });
}

/** The same, when no digest serves. */
function byRows(db: Database) {
  return inTransaction(db, () => {
    noteMadeWith(db, "digests", "of nothing");
    const read = numbers(db);
    noteMadeWith(db, "digests", digestMark());
    return read;
  });
}
