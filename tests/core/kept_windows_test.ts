/** Tests of `core/kept_windows.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { foldOfWindows } from "../../core/kept_windows.ts";
import { openReader } from "../../core/database.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { tempDatabase } from "../pipeline/temp_database.ts";
import { openParts } from "../pipeline/open_parts.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

/** What a window does, and the sum of its values. */
interface Told {
  sum: number;
  adds: number;
  removes: number;
}

const FOLD = {
  start: (values: Iterable<number>): Told => ({
    sum: [...values].reduce((a, b) => a + b, 0),
    adds: 0,
    removes: 0,
  }),
  add: (told: Told, value: number) => {
    told.sum += value;
    told.adds++;
  },
  remove: (told: Told, value: number) => {
    told.sum -= value;
    told.removes++;
  },
};

Deno.test("foldOfWindows() is the sum of the wanted ones, whichever were wanted before", () => {
  using folder = tempDatabase();
  using _parts = openParts(folder.path);
  using reader = openReader(folder.path)!;
  const list = fc.uniqueArray(fc.nat({ max: 12 }));
  const asks = fc.array(fc.tuple(list, fc.constantFrom("one", "other")));
  fc.assert(
    fc.property(asks, (asks) => {
      // Of some nothing is known.
      const sums = foldOfWindows(
        (_, sessions = []) => sessions.filter((id) => id % 3 > 0).map((id) => [id, 10 + id]),
        FOLD,
      );
      for (const [wanted, name] of asks) {
        const all = wanted.filter((id) => id % 3 > 0).reduce((sum, id) => sum + 10 + id, 0);
        assert.equal(sums(reader, name, wanted).sum, all);
      }
    }),
    fcRuns(),
  );
});

Deno.test("foldOfWindows() changes a sum by what came, left or is another one now", async () => {
  const prompt = (session: string, id: string) => makePrompt({ session, id, at: NOON });
  await using home = await filledHome([prompt("a", "1"), prompt("b", "2"), prompt("c", "3")]);
  const prompts = foldOfWindows((db, sessions = []) =>
    db.prepare(
      `select session, sum(count) as n from input_sums
       where tier = 0 and session in (select value from json_each(?)) group by 1`,
    ).all(JSON.stringify(sessions)).map(({ session, n }) => [Number(session), Number(n)]), FOLD);
  const ask = (...wanted: number[]) => ({ ...prompts(home.db, "days", wanted) });
  assert.deepEqual(ask(1, 2), { sum: 2, adds: 0, removes: 0 });

  await home.tell(prompt("b", "more"));

  assert.deepEqual(ask(2, 3), { sum: 3, adds: 2, removes: 2 });
  assert.deepEqual(ask(2, 3), { sum: 3, adds: 2, removes: 2 });
});
