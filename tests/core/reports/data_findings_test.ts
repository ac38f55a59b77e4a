/** Tests of `core/reports/data_findings.ts`: what the data tells of its own health. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import {
  countDays,
  dataFindings,
  readLastSeen,
  readVersions,
} from "../../../core/reports/data_findings.ts";
import { keptNowhere, makePrompt, NOON, promptTexts } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;

Deno.test("dataFindings() are well for an empty home", async () => {
  await using home = await filledHome([]);

  const findings = dataFindings(home.db, NOON);

  assert.deepEqual(findings.map(({ severity }) => severity), findings.map(() => "ok"));
});

Deno.test("dataFindings() tell what share of output is a lower bound", async () => {
  await using home = await filledHome();

  const bound = find(dataFindings(home.db, NOON + HOUR_MS), "lower_bound");

  assert.equal(bound.severity, "note");
  assert.deepEqual(bound.numbers, {
    messages: 5,
    messages_without_stop_reason: 1,
    output_tokens: 1640,
    output_tokens_lower_bound: 40,
  });
});

Deno.test("dataFindings() call no output a lower bound that is not kept", async () => {
  await using home = await filledHome([keptNowhere()]);

  const bound = find(dataFindings(home.db, NOON + HOUR_MS), "lower_bound");

  assert.deepEqual([bound.severity, bound.numbers!.messages], ["ok", 0]);
});

Deno.test("dataFindings() warn of sessions in the future, and not of a few seconds", async () => {
  await using home = await filledHome([makePrompt({ id: "p", at: NOON + HOUR_MS })]);

  const early = find(dataFindings(home.db, NOON), "clock");

  assert.equal(early.severity, "warning");
  assert.deepEqual(early.numbers, { sessions_in_future: 1, ahead_ms: HOUR_MS });
  assert.equal(find(dataFindings(home.db, NOON + HOUR_MS - 9000), "clock").severity, "ok");
});

Deno.test("dataFindings() warn of dead letters and of a deep queue", async () => {
  await using home = await filledHome([]);
  {
    using db = openWriter(home.path);
    db.exec("insert into stream_entries values (1, 20000, '{}')");
    db.exec(
      `insert into dead_letters (stream, consumers, entry, error, attempts, dead_at)
       values ('telemetry:events', 'processors', '7', 'EventError', 3, 0)`,
    );
  }

  const findings = dataFindings(home.db, NOON);

  const dead = find(findings, "dead_letters"), queue = find(findings, "queue");
  assert.deepEqual([dead.severity, dead.numbers!.dead_letters], ["warning", 1]);
  assert.deepEqual([queue.severity, queue.numbers!.events_waiting], ["warning", 20_000]);
});

Deno.test("readVersions() gives the newest first, by number", async () => {
  const versions = ["2.1.9", "2.1.10", "1.0.128", "10.0.0"];
  await using home = await filledHome(
    versions.map((version, i) => makePrompt({ id: `p${i}`, version })),
  );

  assert.deepEqual(readVersions(home.db).map(({ version }) => version), [
    "10.0.0",
    "2.1.10",
    "2.1.9",
    "1.0.128",
  ]);
});

Deno.test("readLastSeen() tells of one platform", async () => {
  await using home = await filledHome();

  assert.deepEqual(readLastSeen(home.db, "cursor"), {
    sessions: 1,
    lastAt: NOON - 30 * HOUR_MS,
  });
  assert.deepEqual(readLastSeen(home.db, "nobody"), { sessions: 0, lastAt: null });
});

Deno.test("countDays() counts the days of these sessions, each once", async () => {
  await using home = await filledHome();
  const days = (...ids: string[]) => countDays(home.db, "claude_code", ids);

  assert.deepEqual(days(), { sessions: 0, days: 0 });
  assert.deepEqual(days("alpha", "beta"), { sessions: 2, days: 1 });
  assert.deepEqual(days("alpha", "delta", "notes", "unheard"), { sessions: 2, days: 2 });
  assert.deepEqual(countDays(home.db, "cursor", ["alpha"]), { sessions: 0, days: 0 });
});

Deno.test("countDays() takes many sessions at once", async () => {
  await using home = await filledHome([]);
  await home.pipeline.accept(promptTexts(1), []);
  await home.pipeline.drain();
  const ids = Array.from({ length: 50_000 }, (_, i) => `s${i}`);

  assert.deepEqual(countDays(home.db, "claude_code", ids), { sessions: 1, days: 1 });
});

function find(findings: ReturnType<typeof dataFindings>, name: string) {
  const found = findings.find(({ id }) => id === name);
  assert.ok(found, name);
  return found;
}
