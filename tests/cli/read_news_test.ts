/** Tests of reading what is new, by the one process that may. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { PLATFORMS } from "../../capture/registry.ts";
import type { Globals } from "../../cli/cli.ts";
import { readNews, tryReadNews } from "../../cli/read_news.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { openWriter } from "../../core/open_writer.ts";
import { SCHEMA } from "../../core/database.ts";
import { migrationsFrom } from "../../core/migrations.ts";
import { takeWriterLock } from "../../core/writer_lock.ts";
import { makeState } from "../helpers/cursor_databases.ts";
import { NOON } from "../helpers/events.ts";
import { RedisServer } from "../helpers/redis_server.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { nextTurn } from "../pipeline/pass_time.ts";
import { type RecordedIo, recordedIo, type RecordedOptions, runHere } from "./recorded_io.ts";

const OLD = { session: 1, startedAt: Date.UTC(2026, 2, 1, 12) };
const GLOBALS: Globals = { color: true, sync: true };

function open(machine: Machine, options?: RecordedOptions, globals = GLOBALS) {
  const io = recordedIo(machine, [], options);
  return { io, workspace: openWorkspace(io, globals) };
}

function responses(transcript: Transcript, count: number, text = "Yes."): void {
  for (let i = 0; i < count; i++) transcript.response({ text });
}

/** Puts a database of an older schema in the place of one, with what was read of each file. */
function makeOlder(path: string): void {
  const schema = SCHEMA - 4;
  const read = ["words", "sources"].map((table) => {
    using db = new DatabaseSync(path);
    return [table, db.prepare(`select * from ${table}`).all()] as const;
  });
  Deno.removeSync(path);
  using db = new DatabaseSync(path);
  for (const sql of migrationsFrom(0).slice(0, -4)) db.exec(sql);
  db.exec(`pragma user_version = ${schema}`);
  for (const [table, rows] of read) {
    for (const row of rows) {
      const names = Object.keys(row), places = names.map(() => "?");
      db.prepare(`insert into ${table} (${names}) values (${places})`).run(...Object.values(row));
    }
  }
}

async function counted(machine: Machine): Promise<number> {
  const { stdout } = await runHere(machine, ["metrics", "-p", "all", "--no-sync", "--json"]);
  return JSON.parse(stdout).totals.assistant_messages;
}

/** As a report tells it that reads nothing. */
async function coverage(machine: Machine) {
  const { stdout } = await runHere(machine, ["metrics", "-p", "all", "--no-sync", "--json"]);
  return JSON.parse(stdout).coverage;
}

Deno.test("readNews() reads what is there, then only what came since", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response();
  const { workspace } = open(machine);

  const first = await readNews(workspace);
  transcript.response();
  const second = await readNews(workspace);
  const third = await readNews(workspace);

  deepEqual([first, second, third].map((news) => news!.totals.get("claude_code")!.events), [
    2,
    1,
    0,
  ]);
  deepEqual(first!.coverage, { files_done: 1, files_total: 1 });
  equal(third!.totals.get("claude_code")!.bytes, 0);
  equal(await counted(machine), 2);
});

Deno.test("readNews() knows again what another file told already", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response();
  const { workspace } = open(machine);
  await readNews(workspace);
  const copy = transcript.path.replace("-ada-", "-bob-");
  Deno.mkdirSync(copy.slice(0, copy.lastIndexOf("/")));
  Deno.copyFileSync(transcript.path, copy);

  const again = await readNews(workspace);

  equal(again!.totals.get("claude_code")!.events, 2);
  equal(again!.stored.get("claude_code"), 0);
  equal(await counted(machine), 1);
});

Deno.test("readNews() derives what an earlier program left underived", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  const { workspace } = open(machine);
  await readNews(workspace);
  using db = openWriter(`${machine.home}/telemetry.db`);
  const count = (table: string) => db.prepare(`select count(*) as n from ${table}`).get()!.n;
  const before = count("duration_sums");
  db.exec(`delete from duration_sums;
    insert into dirty_sessions select 'times', id, 0 from sessions`);

  await readNews(workspace);

  deepEqual([count("dirty_sessions"), count("duration_sums")], [0, before]);
  ok(Number(before) > 0);
});

Deno.test("readNews() tells of each platform what of it was stored", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response();
  makeState(`${machine.path}/User/globalStorage/state.vscdb`, [
    ["composerData:c1", JSON.stringify({ composerId: "c1", createdAt: NOON })],
    ["bubbleId:c1:b1", JSON.stringify({ bubbleId: "b1", type: 1, createdAt: "2026-03-01" })],
  ]);
  const env = { ...machine.env, BLUEPLANE_CURSOR_USER_DIR: `${machine.path}/User` };
  const { workspace } = open({ ...machine, env });

  const first = await readNews(workspace);
  transcript.response();
  const second = await readNews(workspace);

  const told = [...first!.totals].map(([id, { events }]) => [id, events]);
  deepEqual(told, [["claude_code", 2], ["cursor", first!.stored.get("cursor")]]);
  ok(first!.stored.get("cursor")! > 0);
  deepEqual([...second!.stored], [["claude_code", 1], ["cursor", 0]]);
});

Deno.test("readNews() reads what hooks left, and shows it as no platform", async () => {
  using machine = tempMachine();
  const { workspace } = open(machine);
  const stdin = JSON.stringify({ hook_event_name: "Stop", session_id: "s1" });
  await runHere(machine, ["hook", "claude-code"], { stdin });

  const news = await readNews(workspace);

  deepEqual([...news!.totals.keys()], PLATFORMS.map(({ id }) => id));
  deepEqual(news!.coverage, { files_done: 0, files_total: 0 });
  deepEqual([...news!.stored], [["claude_code", 1]]);
  const { stdout } = await runHere(machine, ["status", "--json"]);
  const { queue, storage } = JSON.parse(stdout);
  deepEqual([storage.events, queue.events, queue.changes], [1, 0, 0]);
  deepEqual([...Deno.readDirSync(workspace.home.spool)], []);
});

Deno.test("readNews() leaves it to the process that reads, when there is one", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const { workspace } = open(machine);
  using lock = takeWriterLock(workspace.home.lock);
  ok(lock);
  equal(await readNews(workspace), undefined);
});

Deno.test("readNews() makes no database, when there is nothing to read", async () => {
  using machine = tempMachine();
  const { workspace } = open(machine);
  const news = await readNews(workspace);
  deepEqual(news!.coverage, { files_done: 0, files_total: 0 });
  deepEqual([...Deno.readDirSync(machine.home)].map(({ name }) => name).sort(), [
    "install.key",
    "telemetry.lock",
  ]);
});

Deno.test("readNews() reads no file again, when an older version stored it", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  await readNews(open(machine).workspace);
  makeOlder(`${machine.home}/telemetry.db`);

  const news = await readNews(open(machine).workspace);

  equal(news!.totals.get("claude_code")!.bytes, 0);
  const { files_done, files_total } = await coverage(machine);
  deepEqual([files_done, files_total], [1, 1]);
});

Deno.test("readNews() folds what a process that died had only queued", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response();
  const { workspace } = open(machine);
  await readNews(workspace);
  transcript.response();
  {
    using db = openWriter(workspace.home.database);
    const body = JSON.stringify({
      event_id: "left_behind",
      timestamp: new Date().toISOString(),
      platform: "claude_code",
      session_id: transcript.sessionId,
      event_type: "assistant_response",
      metadata: {},
      payload: { message_id: "msg_left", model: "claude-opus-4-6", output_tokens: 7 },
    });
    const next = db.prepare(
      "select ifnull(max(position), 0) + 1 as id from stream_groups where stream = 1",
    );
    const { id } = next.get() as { id: number };
    db.prepare("insert into stream_entries (stream, id, body) values (1, ?, ?)").run(id, body);
  }
  await readNews(workspace);
  equal(await counted(machine), 3);
});

Deno.test("readNews() stops when interrupted, and the next reads the rest", async () => {
  using machine = tempMachine();
  for (let session = 1; session <= 8; session++) {
    responses(new Transcript(machine.claude, { session }), 400, "x".repeat(2000));
  }
  const { io, workspace } = open(machine, { isTerminal: true });
  const reading = readNews(workspace);
  interruptSoon(io);
  const news = await reading;

  equal(news!.interrupted, true);
  ok(news!.coverage!.files_done < 8);
  equal(io.listeners(), 0);
  const told = await coverage(machine);
  deepEqual([told.files_total, told.files_done < 8], [8, true]);
  const rest = await readNews(open(machine).workspace);
  equal(rest!.interrupted, false);
  deepEqual(rest!.coverage, { files_done: 8, files_total: 8 });
  const whole = await coverage(machine);
  deepEqual([whole.files_done, whole.files_total], [8, 8]);
  equal(await counted(machine), 3200);
});

Deno.test("readNews() forgets a file that went before it was read", async () => {
  using machine = tempMachine();
  const paths = [1, 2].map((session) =>
    new Transcript(machine.claude, { session }).prompt().path
  );
  const { io, workspace } = open(machine);
  const reading = readNews(workspace);
  interruptSoon(io);
  await reading;
  const before = await coverage(machine);
  for (const path of paths) Deno.removeSync(path);

  await readNews(open(machine).workspace);

  equal(before.files_total, 2);
  const after = await coverage(machine);
  equal(after.files_total, after.files_done);
});

/** Interrupts as soon as the event loop comes round. */
function interruptSoon(io: RecordedIo): void {
  queueMicrotask(() => io.interrupt());
}

Deno.test("readNews() names on stderr alone a transcript that cannot be read", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const path = new Transcript(machine.claude, { session: 2 }).prompt().path;
  const { io, workspace } = open(machine, {
    clock: {
      now() {
        // Gone between the look at the folder and the reading of the file.
        try {
          Deno.removeSync(path);
        } catch (error) {
          if (!(error instanceof Deno.errors.NotFound)) throw error;
        }
        return 0;
      },
      sleep: nextTurn,
    },
  });
  const news = await readNews(workspace);
  equal(news!.interrupted, false);
  equal(io.stdout.text, "");
  if (io.stderr.text !== "") {
    match(io.stderr.text, /^warning: Cannot read a transcript: it is gone/);
  }
});

Deno.test("readNews() draws a bar for a long read, on a terminal and not --quiet", async () => {
  const drawn = async (options: RecordedOptions, globals = GLOBALS) => {
    using machine = tempMachine();
    for (let session = 1; session <= 3; session++) {
      responses(new Transcript(machine.claude, { session }), 2);
    }
    let now = 0;
    const clock = { now: () => now += 1000, sleep: nextTurn };
    const { io, workspace } = open(machine, { ...options, clock }, globals);
    await readNews(workspace);
    equal(io.stdout.text, "");
    return io.stderr.text;
  };
  const long = await drawn({ isTerminal: true });
  match(long, /reading ━.*2\/3 files/);
  // It is gone when the last file is read.
  equal(long.slice(-4), "\r\x1b[K");
  equal(await drawn({ isTerminal: false }), "");
  equal(await drawn({ isTerminal: true }, { ...GLOBALS, quiet: true }), "");
});

Deno.test("readNews() archives what is too old, a day after it began to read", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, OLD).prompt().response({ tool: "Bash" }).result().response();
  const begun = Date.UTC(2026, 10, 1), hours = 3_600_000;
  const read = async (now: number, insists: boolean) => {
    const { io, workspace } = open(machine, { clock: { now: () => now, sleep: nextTurn } });
    await readNews(workspace, { insists });
    equal(io.stdout.text + io.stderr.text, "");
    const db = openWriter(workspace.home.database);
    try {
      const archived =
        db.prepare("select ifnull(sum(events), 0) as n from archive_parts").get()!.n;
      return [archived, db.prepare("select count(*) as n from trace_blocks").get()!.n];
    } finally {
      db.close();
    }
  };

  deepEqual(await read(begun, true), [0, 1]);
  deepEqual(await read(begun + 23 * hours, true), [0, 1]);
  deepEqual(await read(begun + 24 * hours, false), [5, 0]);
  equal(await counted(machine), 2);
});

Deno.test("readNews() tells why old events stay, and what was asked for comes", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, OLD).prompt().response();
  const at = (now: number) => open(machine, { clock: { now: () => now, sleep: nextTurn } });
  await readNews(at(Date.UTC(2026, 10, 1)).workspace);
  const { io, workspace } = at(Date.UTC(2026, 10, 3));
  // There cannot be a folder.
  Deno.writeTextFileSync(workspace.home.archive, "");

  const news = await readNews(workspace);

  match(io.stderr.text, /^warning: Old events stay in the database: Cannot .*\n$/);
  equal(news?.interrupted, false);
  equal(await counted(machine), 1);
});

Deno.test("tryReadNews() tells that Redis is away, and throws nothing", async () => {
  await using server = await RedisServer.start();
  await server.stop();
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const env = { BLUEPLANE_REDIS_URL: server.url };
  const workspace = openWorkspace(recordedIo(machine, [], { env }), { color: false, sync: true });
  const told: string[] = [];

  const news = await tryReadNews(workspace, ({ message }) => told.push(message));

  equal(news, undefined);
  deepEqual(told, ["Cannot reach Redis: nothing listens at redis.url"]);
});

Deno.test("readNews() reads again what was not stored, when Redis lost it", async () => {
  await using server = await RedisServer.start();
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const env = { BLUEPLANE_REDIS_URL: server.url };
  const workspace = openWorkspace(recordedIo(machine, [], { env }), { color: false, sync: true });
  equal((await readNews(workspace))?.coverage?.files_done, 1);
  await server.restart();
  transcript.prompt();

  const news = await readNews(workspace);

  deepEqual(news?.coverage, { files_done: 1, files_total: 1 });
  const { stdout } = await runHere(machine, ["metrics", "-p", "all", "--no-sync", "--json"]);
  equal(JSON.parse(stdout).totals.user_prompts, 2);
});

Deno.test("readNews() knows of no files, as long as capture is paused", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await readNews(open(machine).workspace);
  const env = { BLUEPLANE_CAPTURE_PAUSED: "true" };
  const workspace = openWorkspace(recordedIo(machine, [], { env }), { color: false, sync: true });

  equal((await readNews(workspace))?.coverage, undefined);
});
