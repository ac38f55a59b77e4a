/** Tests of `core/settlement.ts`: what is settled tells what its rows tell, at any moment. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, inTransaction } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { noteMadeWith } from "../../core/made_with.ts";
import { digestMark } from "../../core/reports/digest_store.ts";
import { Settlement } from "../../core/settlement.ts";
import { NOON } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { openParts } from "../pipeline/open_parts.ts";
import { tempDatabase } from "../pipeline/temp_database.ts";
import { FIRST, perform, step } from "./deeds.ts";
import { numbers } from "./digest_numbers.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const DAY_MS = 86_400_000;

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

/** The same, when no digest serves. */
function byRows(db: Database) {
  return inTransaction(db, () => {
    noteMadeWith(db, "digests", "of nothing");
    const read = numbers(db);
    noteMadeWith(db, "digests", digestMark());
    return read;
  });
}
