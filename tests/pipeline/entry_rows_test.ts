/** Tests of `pipeline/entry_rows.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { openPlain } from "../../core/database.ts";
import {
  entriesOf,
  packEntries,
  ROW_ENTRIES_MAX,
  unpackEntries,
} from "../../pipeline/entry_rows.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

Deno.test("packEntries() gives rows of which unpackEntries() makes the same again", () => {
  const body = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "\n", "\r", "{", "é") }),
    fc.json(),
  );
  using db = openPlain(":memory:");
  const count = db.prepare(`select ${entriesOf("?1")} as n`);
  fc.assert(
    fc.property(fc.array(body, { maxLength: 8 }), (bodies) => {
      const rows = [...packEntries(bodies)];

      deepEqual(rows.flatMap(([text]) => unpackEntries(text)), bodies);
      for (const [text, entries] of rows) {
        equal(unpackEntries(text).length, entries);
        equal(count.get(text)?.n, entries);
      }
    }),
    fcRuns(60),
  );
});

Deno.test("packEntries() puts so many into a row, and no more", () => {
  const bodies = Array.from({ length: 2 * ROW_ENTRIES_MAX + 1 }, (_, n) => `{"n":${n}}`);

  const rows = [...packEntries(bodies)].map(([, entries]) => entries);

  deepEqual(rows, [ROW_ENTRIES_MAX, ROW_ENTRIES_MAX, 1]);
  deepEqual([...packEntries(bodies.slice(0, 9), 4)].map(([, entries]) => entries), [4, 4, 1]);
  deepEqual([...packEntries(["{}"])], [["{}", 1]]);
});
