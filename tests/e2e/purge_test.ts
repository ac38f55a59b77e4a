/** Tests of `blueplane purge`: no byte of what was purged is left, and nothing comes back. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { inflateSync } from "node:zlib";
import { encodeEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import { makePrompt } from "../helpers/events.ts";
import { RedisServer } from "../helpers/redis_server.ts";
import {
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { binaryPath } from "../helpers/run_blueplane.ts";
import { run } from "./piped_run.ts";
import { queueEntries } from "./queue_entries.ts";

const GONE = "00000001-0000-4000-8000-00000000cafe";

function write(machine: Machine, session: number, startedAt?: number): Transcript {
  const cwd = `/home/ada/part${session}`;
  return new Transcript(machine.claude, { session, cwd, ...(startedAt ? { startedAt } : {}) })
    .prompt().response({ tool: `mcp__server${session}__ask`, model: `claude-opus-4-${session}` })
    .result()
    .response({ tool: "Edit", input: { file_path: `${cwd}/a.ts`, new_string: "b" } })
    .result({ toolUseResult: { filePath: `${cwd}/a.ts`, structuredPatch: [] } }).response();
}

/** Every text that events of one session alone hold, and the numbers that are made of them. */
function marksOf(machine: Machine, sessionId: string): Mark[] {
  using db = new DatabaseSync(`${machine.home}/telemetry.db`, { readOnly: true });
  const own = new Set<string>(), others = new Set<string>();
  for (const { body } of db.prepare("select body from trace_blocks").all()) {
    for (const line of inflateSync(body as Uint8Array).toString().split("\n")) {
      const texts = line.includes(`"session_id":"${sessionId}"`) ? own : others;
      // Words that are short stand in any file.
      for (const [, text] of line.matchAll(/"([^"]{12,})"/g)) texts.add(text!);
    }
  }
  const texts = [...own.difference(others)].filter((text) => !/^\d{4}-\d\d-\d\dT/.test(text));
  const latin = new TextDecoder("latin1");
  return texts.flatMap((text) => {
    const number = new DataView(new ArrayBuffer(8));
    number.setBigUint64(0, BigInt(factKey(text)));
    const bytes = latin.decode(new Uint8Array(number.buffer).subarray(2));
    return [{ text, of: text }, { text: bytes, of: `the key of ${text}` }];
  });
}

interface Mark {
  readonly text: string;
  readonly of: string;
}

/** Where marks are in the files below a folder, and in what is compressed there. */
function findMarks(folder: string, marks: readonly Mark[]): Set<string> {
  const found = new Set<string>();
  const look = (place: string, text: string) => {
    for (const mark of marks) if (text.includes(mark.text)) found.add(`${place}: ${mark.of}`);
  };
  const latin = new TextDecoder("latin1");
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) { for (const inner of findMarks(path, marks)) found.add(inner); }
    else look(`${entry.name}`, `${entry.name} ${latin.decode(Deno.readFileSync(path))}`);
    if (entry.name !== "telemetry.db") continue;
    using db = new DatabaseSync(path, { readOnly: true });
    for (const { body } of db.prepare("select body from trace_blocks").all()) {
      look("a block", inflateSync(body as Uint8Array).toString());
    }
  }
  return found;
}

async function sessionsOf(machine: Machine, ...more: string[]): Promise<string[]> {
  const { stdout } = await runBinary(machine, ["sessions", "--json", ...more]);
  return JSON.parse(stdout).sessions.map((session: { session_id: string }) => session.session_id);
}

// Goal: what is purged is nowhere. Method: every text and key that one session's events alone
// hold is looked for in every byte below the home, before and after; a hook waits in the spool,
// and a letter of the session is dead.
Deno.test("blueplane purge leaves no byte of a session, and does not read it again", async () => {
  using machine = tempMachine();
  const gone = write(machine, 1);
  write(machine, 2);
  await runBinary(machine, ["sync"]);
  const lost = makePrompt({ id: "lost", platform: "nowhere", session: GONE });
  queueEntries(machine.home, [encodeEvent(lost)]);
  await runBinary(machine, ["sync"]);
  const marks = marksOf(machine, GONE);
  const payload = { hook_event_name: "SessionEnd", session_id: GONE, cwd: "/home/ada/part1" };
  await run(machine, binaryPath(), ["hook", "claude-code"], JSON.stringify(payload));
  const before = findMarks(machine.home, marks);
  ok([...before].some((place) => place.startsWith("telemetry.db: the key of msg_")));
  ok([...before].some((place) => place.endsWith(`.jsonl: ${GONE}`)), [...before].join("\n"));

  const dry = await runBinary(machine, ["purge", "--session", GONE, "--dry-run", "--json"]);
  const { code, stdout } = await runBinary(machine, ["purge", "--session", GONE, "--yes"]);

  equal(code, 0);
  match(stdout, /^8 events of 1 session \(\d+ B of traces\) purged\n {2}telemetry.db: /);
  const { bytes, ...counts } = JSON.parse(dry.stdout);
  ok(bytes > 0);
  deepEqual(counts, { schema: "blueplane.purge/1", dry_run: true, sessions: 1, events: 8 });
  deepEqual([...findMarks(machine.home, marks)], []);
  deepEqual((await sessionsOf(machine)).length, 1);
  await runBinary(machine, ["rebuild"]);
  await runBinary(machine, ["sync"]);
  deepEqual([...findMarks(machine.home, marks)], []);

  gone.prompt("more").response();
  const options = { session: 1, cwd: "/home/ada/part1", startedAt: Date.now() + 5000 };
  const later = new Transcript(machine.claude, options);
  // Ids of lines that stand there already.
  for (let i = 0; i < 20; i++) later.line("user", {});
  later.prompt("new");
  const prompts = await runBinary(machine, ["analyze", GONE, "--json"]);
  equal(JSON.parse(prompts.stdout).session.user_prompts, 1, "only what is new");
  await runBinary(machine, ["sync", "--again"]);
  const all = await runBinary(machine, ["analyze", GONE, "--json"]);
  equal(JSON.parse(all.stdout).session.user_prompts, 3);
});

Deno.test("blueplane purge is done by the server that runs", async () => {
  using machine = tempMachine();
  const old = Date.UTC(2026, 0, 10);
  write(machine, 1, old);
  write(machine, 2);
  const { server, url } = await startServe(machine);
  await using _server = server;
  await until("all is read", async () => (await sessionsOf(machine)).length === 2);
  const marks = marksOf(machine, GONE);

  const args = ["purge", "--before", "2026-01-11", "--yes", "--json"];
  const { code, stdout, stderr } = await runBinary(machine, args);

  equal(code, 0, stderr);
  equal(JSON.parse(stdout).sessions, 1);
  const { sessions } = await (await fetch(`${url}/api/v1/sessions`)).json();
  equal(sessions.length, 1);
  deepEqual([...findMarks(machine.home, marks)], []);
  const rest = await runBinary(machine, ["purge", "--all", "--dry-run", "--json"]);
  equal(JSON.parse(rest.stdout).sessions, 1);
  await server.stop("SIGTERM");
  equal((await sessionsOf(machine)).length, 1);
  deepEqual([...findMarks(machine.home, marks)], []);
});

Deno.test("blueplane purge leaves no byte of it in Redis", async () => {
  await using redis = await RedisServer.start();
  using bare = tempMachine();
  const machine = { ...bare, env: { ...bare.env, BLUEPLANE_REDIS_URL: redis.url } };
  write(machine, 1);
  write(machine, 2);
  const { server } = await startServe(machine);
  await using _server = server;
  await until("all is read", async () => (await sessionsOf(machine)).length === 2);
  const marks = marksOf(machine, GONE);

  const { code, stderr } = await runBinary(machine, ["purge", "--session", GONE, "--yes"]);

  equal(code, 0, stderr);
  await redis.command("SAVE");
  deepEqual([...findMarks(machine.home, marks)], []);
  deepEqual([...findMarks(redis.folder, marks)], []);
});
