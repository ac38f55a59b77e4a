/** Tests of `core/reports/whole_of_sessions.ts`: the same as going through every session. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, openReader } from "../../../core/database.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { readDecisions } from "../../../core/reports/decisions.ts";
import { reportErrorPatterns } from "../../../core/reports/error_patterns_report.ts";
import { readLetRunBy } from "../../../core/reports/let_run_by.ts";
import { spanned, wholeOfSessions } from "../../../core/reports/whole_of_sessions.ts";
import {
  makeEvent,
  makePrompt,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { openParts } from "../../pipeline/open_parts.ts";
import { tempDatabase } from "../../pipeline/temp_database.ts";
import { FIRST, perform, step } from "../deeds.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const HOUR_MS = 3_600_000;
/** All of it, all but the end, and half of it. */
const PERIODS = [NOON + 9 * HOUR_MS, NOON - HOUR_MS / 2, NOON - 100 * HOUR_MS]
  .map((to) => ({ from: undefined, to }));

Deno.test("wholeOfSessions() is what all sessions come to, whatever happened", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
      using folder = tempDatabase();
      using parts = openParts(folder.path);
      using often = openReader(folder.path)!;
      for (const one of [{ does: "tell", deeds: FIRST } as const, ...steps]) {
        await perform(parts, one);
        // Who asks once goes through every session.
        using once = openReader(folder.path, "once")!;
        assert.deepEqual(told(often), told(once));
      }
    }),
    fcRuns(2),
  );
});

Deno.test("wholeOfSessions() follows what is decided, and what is refused", async () => {
  await using home = await filledHome(["one", "two"].flatMap((session) => decided(session, 1)));
  const now = () => {
    using once = openReader(home.path, "once")!;
    const expected = told(once);
    assert.deepEqual(told(home.db), expected);
    return expected[0]!;
  };
  const first = now();
  await home.tell(...decided("two", 30), ...decided("three", 3));
  const then = now();

  assert.deepEqual([first.decisions?.n, first.let_run_by?.rule], [2, 2]);
  assert.deepEqual([then.decisions?.n, then.decisions?.max, then.let_run_by?.person], [
    4,
    30_000,
    4,
  ]);
});

Deno.test("wholeOfSessions() tells of all alone, where nothing lies outside", async () => {
  await using home = await filledHome(
    ["one", "two"].map((session) => makePrompt({ session, id: session })),
  );
  const count = wholeOfSessions(
    (db, sessions) =>
      db.prepare("select id from sessions").all().map(({ id }) => Number(id))
        .filter((id) => sessions?.includes(id) ?? true)
        .map((id) => [id, spanned(1, [NOON + id * 1000, NOON])] as const),
    {
      start: (values) => ({ sum: [...values].length }),
      add: (told) => told.sum++,
      remove: (told) => told.sum--,
    },
  );
  const always = { from: undefined, to: NOON + 2001 };
  using once = openReader(home.path, "once")!;

  assert.deepEqual(count(home.db, always, {}), { sum: 2 });
  assert.deepEqual(count(home.db, { ...always, to: NOON + 2000 }, {}), undefined);
  assert.deepEqual(count(home.db, { ...always, from: 0 }, {}), undefined);
  assert.deepEqual(count(home.db, always, { platform: "claude_code" }), undefined);
  assert.deepEqual(count(home.db, always, { model: "claude-opus-4-5" }), undefined);
  assert.deepEqual(count(once, always, {}), undefined);
});

/** A call that a person let run, one that a rule let run, and one that failed. */
function decided(session: string, seconds: number): TelemetryEvent[] {
  const at = NOON + seconds * 1000;
  const call = (tool: string, outcome: string, by?: string) => {
    const id = `${session}-${tool}-${seconds}-${outcome}`, place = { session, use: id };
    const result = makeToolResult({ ...place, id: `r-${id}`, at: at + seconds * 1000, outcome });
    return [
      makeToolUse({ ...place, id, tool, at }),
      {
        ...result,
        payload: {
          ...result.payload,
          duration_ms: 0,
          ...(by === undefined ? {} : { decided_by: literal(by) }),
        },
      },
    ];
  };
  const asked = makeEvent("permission_request", { session, id: `p-${session}-${seconds}`, at }, {
    tool: literal("Edit"),
  });
  return [
    ...call("Edit", "ok"),
    { ...asked, hookType: literal("PermissionRequest") },
    ...call("Bash", "ok", "rule"),
    ...call("Bash", "failed"),
  ];
}

function told(db: Database) {
  return PERIODS.map((period) => ({
    errors: reportErrorPatterns(db, { period, minFrequency: 1 }),
    decisions: readDecisions(db, period, {}),
    let_run_by: readLetRunBy(db, period, {}),
  }));
}
