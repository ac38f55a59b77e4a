/** Tests of `core/reports/session_neighbours.ts`. */

import assert from "node:assert/strict";
import { sessionNumber } from "../../../core/reports/session_ids.ts";
import { readSessionNeighbours } from "../../../core/reports/session_neighbours.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readSessionNeighbours() goes through a list from end to end", async () => {
  await using home = await filledHome();

  for (
    const query of [{}, { sort: "cost" }, { platform: "claude_code", order: "asc" }] as const
  ) {
    const { sessions } = reportSessions(home.db, { ...query, limit: 0 });
    const ids = sessions.map(({ session_id }) => session_id);
    const found = sessions.map((session) =>
      readSessionNeighbours(home.db, sessionNumber(home.db, session), query)
    );
    assert.ok(ids.length > 2);
    assert.deepEqual(
      found,
      ids.map((_, i) => ({
        place: i + 1,
        total: ids.length,
        before: ids[i - 1] ?? null,
        after: ids[i + 1] ?? null,
      })),
    );
  }
});

Deno.test("readSessionNeighbours() is undefined, when the list leaves it out", async () => {
  await using home = await filledHome();
  const [session] = reportSessions(home.db, { idBegins: "alpha" }).sessions;
  const number = sessionNumber(home.db, session!);

  assert.equal(readSessionNeighbours(home.db, number, { idBegins: "zeta" }), undefined);
  assert.deepEqual(readSessionNeighbours(home.db, number, { idBegins: "alpha" }), {
    place: 1,
    total: 1,
    before: null,
    after: null,
  });
});
