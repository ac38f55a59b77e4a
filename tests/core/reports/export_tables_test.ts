/** Tests of the tables that are exported. */

import { deepEqual, equal, ok } from "node:assert/strict";
import type { ExportTable } from "../../../core/exported.ts";
import {
  conversationsTable,
  metricsTable,
  sessionsTable,
} from "../../../core/reports/export_tables.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { makeEvent, makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome, ONE } from "../../helpers/filled_home.ts";

const EVERYTHING = { period: { from: undefined, to: NOON + 86_400_000 }, now: NOON + 3_600_000 };

/** The rows as records by the names of the columns. */
function recordsOf({ columns, rows }: ExportTable): Record<string, unknown>[] {
  return [...rows].map(({ cells }) => {
    equal(cells.length, columns.length);
    return Object.fromEntries(columns.map(({ name }, i) => [name, cells[i]]));
  });
}

Deno.test("sessionsTable() has sessions as the report tells them, without a label", async () => {
  await using home = await filledHome();
  const labels = new Map([[ONE, "engine"]]);
  const { sessions } = reportSessions(home.db, { limit: 0, labels });

  const table = sessionsTable(home.db, EVERYTHING);

  const records = recordsOf(table);
  deepEqual(
    records.map(({ session_id, user_prompts, tokens_input, cost_usd }) => ({
      session_id,
      user_prompts,
      tokens_input,
      cost_usd,
    })),
    sessions.map(({ session_id, user_prompts, tokens, cost_usd }) => ({
      session_id,
      user_prompts,
      tokens_input: tokens.input,
      cost_usd,
    })),
  );
  const documents = [...table.rows].map(({ document }) => document);
  ok(documents.every((document) => !("project_label" in document)));
  deepEqual(Object.keys(documents[0]!).length, Object.keys(sessions[0]!).length - 1);
});

Deno.test("sessionsTable() reads page after page, and only what began in the period", async () => {
  const events = Array.from(
    { length: 450 },
    (_, i) => makePrompt({ id: `p${i}`, session: `s${i}`, at: NOON + i }),
  );
  await using home = await filledHome(events);

  const all = recordsOf(sessionsTable(home.db, EVERYTHING));
  const period = { from: NOON + 100, to: NOON + 110 };
  const some = recordsOf(sessionsTable(home.db, { ...EVERYTHING, period }));

  equal(new Set(all.map(({ session_id }) => session_id)).size, 450);
  deepEqual(some.map(({ session_id }) => session_id).sort(), [
    ...Array.from({ length: 10 }, (_, i) => `s${100 + i}`),
  ]);
});

Deno.test("metricsTable() has a row for each day, which add up to the whole", async () => {
  await using home = await filledHome();
  const days = recordsOf(metricsTable(home.db, EVERYTHING));
  const sessions = recordsOf(sessionsTable(home.db, EVERYTHING));
  const sum = (records: Record<string, unknown>[], name: string) =>
    records.reduce((all, record) => all + Number(record[name]), 0);

  equal(new Set(days.map(({ day }) => day)).size, days.length);
  for (const name of ["tokens_output", "tool_uses", "lines_added"]) {
    equal(sum(days, name), sum(sessions, name), name);
  }
});

for (const table of [sessionsTable, metricsTable]) {
  Deno.test(`${table.name}() has no tokens in cells, when no response tells any`, async () => {
    await using home = await filledHome([
      makePrompt({ id: "p" }),
      makeResponse({ id: "r", stop: null, at: NOON + 2000 }),
    ]);

    const [record] = recordsOf(table(home.db, EVERYTHING));

    equal(record!.assistant_messages, 1);
    for (const kind of ["input", "output", "cache_read", "cache_creation"]) {
      equal(record![`tokens_${kind}`], null, kind);
    }
  });
}

Deno.test("conversationsTable() has a row for each turn", async () => {
  const turn = (i: number) => [
    makePrompt({ id: `p${i}`, at: NOON + i * 60_000 }),
    makeResponse({ id: `r${i}`, at: NOON + i * 60_000 + 2000 }),
  ];
  const broken = makeEvent("interruption", { id: "x", at: NOON + 60_000 + 3000 });
  await using home = await filledHome([...turn(0), ...turn(1), broken]);

  const records = recordsOf(conversationsTable(home.db, EVERYTHING));

  deepEqual(
    records.map(({ started_at, duration_ms, responses, interrupted }) => [
      started_at,
      duration_ms,
      responses,
      interrupted,
    ]),
    [
      [new Date(NOON).toISOString(), 2000, 1, false],
      [new Date(NOON + 60_000).toISOString(), 2000, 1, true],
    ],
  );
});
