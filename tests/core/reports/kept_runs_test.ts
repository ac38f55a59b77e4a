/** Tests of `core/reports/kept_runs.ts`: what a reader keeps of digests is what they are now. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, openReader } from "../../../core/database.ts";
import { coverOf } from "../../../core/reports/digest_store.ts";
import { addRuns } from "../../../core/reports/kept_runs.ts";
import { NOON } from "../../helpers/events.ts";
import { openParts } from "../../pipeline/open_parts.ts";
import { tempDatabase } from "../../pipeline/temp_database.ts";
import { FIRST, perform, type Step, step } from "../deeds.ts";
import { numbers } from "../digest_numbers.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const DAY_MS = 86_400_000;
const WORK: Step = { does: "work", steps: 500 };

Deno.test("addRuns() adds what digests tell now, whatever a reader keeps of them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 5 }), async (steps) => {
      using folder = tempDatabase();
      using parts = openParts(folder.path);
      using reader = openReader(folder.path)!;
      using once = openReader(folder.path, "once")!;
      for (const one of [{ does: "tell", deeds: FIRST } as const, WORK, ...steps, WORK]) {
        await perform(parts, one);
        // The writer keeps nothing, and of digests neither does who asks once.
        const expected = numbers(parts.db);
        assert.deepEqual(numbers(reader), expected);
        assert.deepEqual(numbers(once), expected);
      }
    }),
    fcRuns(2),
  );
});

Deno.test("addRuns() reads digests again when one is made anew, no sooner", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  using reader = openReader(folder.path)!;
  const tell = async (id: number, hours: number) => {
    await perform(parts, { does: "tell", deeds: [{ id, hours, session: 1, lasts: 1000 }] });
    await perform(parts, WORK);
    return readAgain(reader);
  };
  for (const one of [{ does: "tell", deeds: FIRST } as const, WORK]) await perform(parts, one);
  const first = readAgain(reader);

  // What was just now is of today, of which there is no digest.
  assert.deepEqual([readAgain(reader), await tell(5, 0.4)], [0, 0]);
  assert.deepEqual([first > 0, await tell(6, 30)], [true, first]);
});

/** How many digests are read to tell of all days that are over. */
function readAgain(db: Database): number {
  const { runs } = coverOf(db, [NOON - 60 * DAY_MS, NOON], ["day"], "nothing");
  const parts = { whole: true, durations: true, tools: true };
  let count = 0;
  const nameOf = () => {
    count++;
    return "";
  };
  addRuns(db, new Map(), { runs, of: "all", parts, nameOf, by: "" });
  return count;
}
