/** Tests of archiving beside other work: on demand, and once a day. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { archiveDaily, archiveInSteps } from "../../pipeline/archiving.ts";
import { listParts } from "../../pipeline/archive_parts.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { fillMonths, folderOf, MARCH } from "./archive_stage.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const DAY_MS = 86_400_000;

function archivingParts(parts: Parts, path: string, now: number) {
  let turns = 0;
  return {
    db: parts.db,
    clock: new VirtualClock(now),
    archive: folderOf(path),
    whenFree: <T>(act: () => T) => {
      equal(parts.db.isTransaction, false);
      return Promise.resolve(act());
    },
    giveWay: () => Promise.resolve(void turns++),
    turns: () => turns,
  };
}

Deno.test("archiveInSteps() lets other work go first between its steps", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  const beside = archivingParts(parts, folder.path, MARCH);

  const done = await archiveInSteps(beside, { before: MARCH + 50 * DAY_MS });

  equal(done?.events, 50);
  ok(beside.turns() > 5, `${beside.turns()} turns`);
});

Deno.test("archiveInSteps() takes whole months once a day, and forgets old ones", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  const at = (days: number) => archivingParts(parts, folder.path, MARCH + days * DAY_MS);
  const months = () => listParts(parts.db).map(({ month }) => month);

  // Of March, which is not over for 90 days, nothing; not even what shares a block with it.
  equal((await archiveInSteps(at(95), { rawDays: 90, archiveDays: 0 }))?.events, 20);
  deepEqual(months(), [202602]);
  equal(await archiveInSteps(at(95.5), { rawDays: 1, archiveDays: 1 }), undefined);
  equal(await archiveInSteps(at(97), { rawDays: 0, archiveDays: 0 }), undefined);
  deepEqual(months(), [202602]);
  equal((await archiveInSteps(at(125), { rawDays: 90, archiveDays: 100 }))?.events, 30);
  // What came into the archive after its time goes the next day.
  deepEqual(months(), [202602, 202603]);
  await archiveInSteps(at(127), { rawDays: 90, archiveDays: 100 });
  deepEqual(months(), [202603]);
  equal(parts.count("claude_raw_traces"), 56);
});

Deno.test("archiveInSteps() looks a day after the first reading, while it may", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  await fillMonths(parts);
  const at = (days: number, passes = 0) => {
    const beside = archivingParts(parts, folder.path, MARCH + days * DAY_MS);
    const giveWay = () => Promise.resolve(void beside.clock.advance(passes));
    return { ...beside, giveWay };
  };
  const bounded = { rawDays: 1, archiveDays: 0, withinMs: 500 };

  equal(await archiveInSteps(at(95), bounded), undefined);
  equal(await archiveInSteps(at(95.9), bounded), undefined);
  // Without any time nothing is begun, and it is tried again an hour later.
  const first = await archiveInSteps(at(97, 1000), { ...bounded, withinMs: -1 });
  deepEqual([first?.events, first?.isWhole], [0, false]);
  equal(await archiveInSteps(at(97.01), bounded), undefined);
  const second = await archiveInSteps(at(97.05), bounded);
  deepEqual([second?.events, second?.isWhole], [50, true]);
  equal(await archiveInSteps(at(97.2), bounded), undefined);
});

Deno.test("archiveDaily() goes on after trouble, until it is stopped", async () => {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const asked: unknown[] = [], troubles: unknown[] = [];
  const pipeline = {
    drain: () => Promise.resolve(),
    command: (name: string, argument: unknown) => {
      asked.push([name, argument]);
      if (asked.length === 3) stop.abort();
      const error = new Error("Cannot archive: the disk is full");
      return asked.length === 2 ? Promise.reject(error) : Promise.resolve(undefined);
    },
  } as Parameters<typeof archiveDaily>[0];
  const retention = { rawDays: 90, archiveDays: 0 };

  const daily = archiveDaily(pipeline, retention, {
    clock,
    signal: stop.signal,
    onTrouble: (error) => troubles.push(error),
  });
  while (!stop.signal.aborted) {
    clock.advance(600_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await daily;

  deepEqual(asked, Array(3).fill(["archive", retention]));
  equal(troubles.length, 1);
});
