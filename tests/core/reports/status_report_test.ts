/** Tests of `core/reports/status_report.ts`. */

import assert from "node:assert/strict";
import { PRESSURE } from "../../../core/back_pressure.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { encodeEvent } from "../../../core/event.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { reportStatus, type StatusQuery } from "../../../core/reports/status_report.ts";
import { SqliteBroker } from "../../../pipeline/sqlite_broker.ts";
import { makePrompt, promptTexts } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { passTime } from "../../pipeline/pass_time.ts";

const QUERY: StatusQuery = { version: "0.1.0", server: null, databaseBytes: 4096 };

Deno.test("reportStatus() knows nothing but the server, when there is no database", () => {
  const running = {
    pid: 7,
    url: "http://127.0.0.1:7531",
    started_at: "2026-03-01T12:00:00.000Z",
  };
  const server = { ...running, captures: true, trouble: null };

  assert.deepEqual(reportStatus(undefined, { ...QUERY, server }), {
    schema: "blueplane.status/1",
    version: "0.1.0",
    server,
    capture_worker: null,
    last_run: null,
    broker: "sqlite",
    queue: null,
    storage: null,
    coverage: null,
    lines: null,
    machines: [],
  });
});

Deno.test("reportStatus() names the capture worker, when one runs here", () => {
  const worker = { pid: 7, machine: "1a2b3c4d", started_at: "2026-03-01T12:00:00.000Z" };

  const { server, capture_worker } = reportStatus(undefined, { ...QUERY, worker });

  assert.deepEqual({ server, capture_worker }, { server: null, capture_worker: worker });
});

Deno.test("reportStatus() tells each machine's share of files, lines and sessions", async () => {
  await using home = await filledHome([]);
  using db = openWriter(home.path);
  db.exec("insert into words (id, text) values (900, 'a_platform')");
  const save = db.prepare("insert into stored_sources values (?, ?, 900, ?, ?, ?)");
  save.run("aaaaaaaa", "1", "s1", 3, "{}");
  save.run("aaaaaaaa", "2", "s1", 4, "{}");
  save.run("aaaaaaaa", "3", null, 1, "{}");
  save.run("bbbbbbbb", "1", "s2", 5, "{}");
  save.run("bbbbbbbb", "spool", null, 0, '{"transient":true}');

  const { machines } = reportStatus(home.db, { ...QUERY, machine: "bbbbbbbb" });

  assert.deepEqual(machines, [
    { machine: "aaaaaaaa", this_machine: false, files: 3, lines: 8, sessions: 1 },
    { machine: "bbbbbbbb", this_machine: true, files: 1, lines: 5, sessions: 1 },
  ]);
});

Deno.test("reportStatus() counts nothing, when the home is new", async () => {
  await using home = await filledHome([]);

  const { queue, storage, coverage, lines } = reportStatus(home.db, QUERY);

  assert.deepEqual(queue, {
    events: 0,
    changes: 0,
    dead_letters: 0,
    level: "green",
    thresholds: PRESSURE,
  });
  assert.deepEqual(storage, {
    database_bytes: 4096,
    sessions: 0,
    events: 0,
    raw_bytes: 0,
    compressed_bytes: 0,
  });
  assert.deepEqual([coverage!.files_done, coverage!.files_total], [0, 0]);
  assert.deepEqual(lines, { read: 0, malformed: 0, unknown: 0 });
});

Deno.test("reportStatus() tells what is stored, and that nothing waits", async () => {
  await using home = await filledHome();

  const { queue, storage } = reportStatus(home.db, QUERY);

  assert.deepEqual(queue, {
    events: 0,
    changes: 0,
    dead_letters: 0,
    level: "green",
    thresholds: PRESSURE,
  });
  assert.equal(storage!.events, 37);
  assert.ok(storage!.raw_bytes > 5000);
  assert.ok(storage!.compressed_bytes > 0 && storage!.compressed_bytes < storage!.raw_bytes);
});

Deno.test("reportStatus() counts the same sessions as the report of sessions", async () => {
  await using home = await filledHome();

  assert.equal(reportStatus(home.db, QUERY).storage!.sessions, reportSessions(home.db).total);
});

Deno.test("reportStatus() counts an event that comes twice once", async () => {
  const prompt = makePrompt({ id: "p1" });
  await using home = await filledHome([prompt, prompt]);

  await home.tell(prompt);

  assert.equal(reportStatus(home.db, QUERY).storage!.events, 1);
});

Deno.test("reportStatus() counts dead letters", async () => {
  await using home = await filledHome();

  await home.pipeline.accept(["{no event"], []);
  await passTime(home.clock, home.pipeline.drain());

  assert.equal(reportStatus(home.db, QUERY).queue!.dead_letters, 1);
});

Deno.test("reportStatus() counts what waits until it is acknowledged", async () => {
  await using home = await filledHome();
  using db = openWriter(home.path);
  const { clock } = home;
  const events = new SqliteBroker({ db, clock, stream: "telemetry:events", group: "processors" });
  const waiting = () => reportStatus(home.db, QUERY).queue!.events;
  const depths = [];

  await events.append(promptTexts(5));
  depths.push(waiting());
  const taken = await events.take(3);
  depths.push(waiting());
  await events.ack(taken.slice(0, 2).map(({ id }) => id));
  depths.push(waiting());
  await events.ack(taken.slice(2).map(({ id }) => id));
  depths.push(waiting());

  assert.deepEqual(depths, [5, 5, 3, 2]);
});

Deno.test("reportStatus() counts a batch once, however many groups wait for it", async () => {
  await using home = await filledHome([]);
  using db = openWriter(home.path);
  const { clock } = home;
  const [metrics, conversations] = ["metrics", "conversations"].map((group) =>
    new SqliteBroker({ db, clock, stream: "cdc:events", group })
  ) as [SqliteBroker, SqliteBroker];
  const waiting = () => reportStatus(home.db, QUERY).queue!.changes;

  await metrics.publish(["{}", "{}"]);
  const depths = [waiting()];
  await metrics.ack((await metrics.take(2)).map(({ id }) => id));
  depths.push(waiting());
  await conversations.take(1);
  depths.push(waiting());

  assert.deepEqual(depths, [2, 2, 2]);
});

Deno.test("reportStatus() adds up the lines of all files", async () => {
  await using home = await filledHome([]);
  const file = {
    platform: "claude_code",
    sessionId: null,
    fileId: "",
    head: "",
    position: 10,
    size: 10,
    modifiedAt: 0,
    lines: 5,
    linesMalformed: 2,
    linesUnknown: 1,
    state: "{}",
    drift: "{}",
  };
  await home.pipeline.accept([encodeEvent(makePrompt({ id: "p1" }))], [
    { ...file, id: "a" },
    { ...file, id: "b" },
  ]);

  const { lines, coverage } = reportStatus(home.db, QUERY);

  assert.deepEqual(lines, { read: 10, malformed: 4, unknown: 2 });
  assert.deepEqual([coverage!.files_done, coverage!.files_total], [2, 2]);
});

Deno.test("reportStatus() tells the worse level of both queues", async () => {
  await using home = await filledHome([]);
  const levels = [0, 1000, 5000, 50_000, null].map((events) => {
    const { broker, queue } = reportStatus(home.db, { ...QUERY, redis: { events } });
    assert.deepEqual([broker, queue?.events], ["redis", events]);
    return queue?.level;
  });

  assert.deepEqual(levels, ["green", "yellow", "orange", "red", null]);
});
