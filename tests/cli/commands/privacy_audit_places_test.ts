/** Tests of `blueplane privacy audit`: what is planted is found, wherever that may be. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { deflateSync } from "node:zlib";
import { encodeEvent } from "../../../core/event.ts";
import { makePrompt } from "../../helpers/events.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

const PROMPT = "weave algebraic patterns just as the loom weaves flowers";

function change(machine: Machine, sql: string, ...values: (string | Uint8Array)[]): void {
  const db = new DatabaseSync(`${machine.home}/telemetry.db`);
  try {
    db.prepare(sql).run(...values);
  } finally {
    db.close();
  }
}

function write(machine: Machine, name: string, content: string): void {
  const path = `${machine.home}/${name}`;
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  Deno.writeTextFileSync(path, content);
}

/** Writes into the file what no table has any more. */
function leaveInFreePages(machine: Machine): void {
  const db = new DatabaseSync(`${machine.home}/telemetry.db`);
  try {
    db.exec("pragma secure_delete = off; create table gone (a text)");
    db.prepare("insert into gone values (?)").run(`${PROMPT} `.repeat(200));
    db.exec("drop table gone; pragma wal_checkpoint(truncate)");
  } finally {
    db.close();
  }
}

const EVENT = encodeEvent(makePrompt({ id: "e" }));
const TOLD = EVENT.replace('"words":3', `"words":"${PROMPT}"`);
const LETTERS = `insert into dead_letters (id, stream, entry, consumers, body, attempts, error,
  message, dead_at) values (9, 'telemetry:events', '9', '', `;

/** What is planted by its place, as the audit names it. */
const PLACES: Readonly<Record<string, (machine: Machine) => void>> = {
  "words.text": (machine) => change(machine, "insert into words (text) values (?)", PROMPT),
  "sessions.session_id": (machine) =>
    change(machine, "update sessions set session_id = ?", PROMPT),
  "sources.state": (machine) =>
    change(machine, "update sources set state = ?", JSON.stringify({ cwd: "/home/ada/e" })),
  "stream_entries.body": (machine) =>
    change(machine, "insert into stream_entries (stream, id, body) values (1, 9, ?)", TOLD),
  "dead_letters.body": (machine) =>
    change(machine, `${LETTERS} ?, 3, 'EventError', 'Cannot read an event: no', 5)`, TOLD),
  "dead_letters.message": (machine) =>
    change(machine, `${LETTERS} '{}', 3, 'EventError', ?, 5)`, `Cannot read /home/ada/${PROMPT}`),
  "events in trace_blocks": (machine) =>
    change(machine, "update trace_blocks set body = ?", deflateSync(TOLD)),
  "telemetry.db": leaveInFreePages,
  "telemetry.db.schema-9": (machine) => write(machine, "telemetry.db.schema-9", `\0${PROMPT}\0`),
  "telemetry.db-wal.damaged": (machine) => write(machine, "telemetry.db-wal.damaged", PROMPT),
  "logs/serve.log": (machine) => write(machine, "logs/serve.log", "warning: /home/ada/engine\n"),
  "spool/1.json": (machine) => write(machine, "spool/1.json", TOLD),
  "archive/platform=cursor/part-1.parquet": (machine) =>
    write(machine, "archive/platform=cursor/part-1.parquet", `PAR1${PROMPT}PAR1`),
  "tmp/export-1": (machine) => write(machine, "tmp/export-1", `title\n${PROMPT}\n`),
  "installs.json": (machine) => write(machine, "installs.json", '{"by":"ada@lovelace.example"}'),
  "purged.json": (machine) =>
    write(machine, "purged.json", '{"until":[["cursor","/home/ada/engine",1]]}'),
  "serve.json": (machine) => write(machine, "serve.json", '{"url":"/home/ada/engine"}'),
};

Deno.test("runPrivacyAudit() finds what is planted, in every kind of place", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt(PROMPT).response();
  equal((await runHere(machine, ["sync"])).code, 0);
  equal((await runHere(machine, ["privacy", "audit", "-q"])).code, 0);
  const kept = `${machine.path}/kept`;
  Deno.renameSync(machine.home, kept);

  const missed: unknown[] = [];
  for (const [place, plantIt] of Object.entries(PLACES)) {
    copyFolder(kept, machine.home);
    plantIt(machine);
    const { code, stdout } = await runHere(machine, ["privacy", "audit", "--json"]);
    const { clean, findings } = JSON.parse(stdout) as {
      clean: boolean;
      findings: { place: string }[];
    };
    const isFound = findings.some((finding) => finding.place === place);
    if (!isFound || code !== 1 || clean) missed.push([place, code, findings]);
    ok(!stdout.includes("algebraic") && !stdout.includes("lovelace"), place);
    Deno.removeSync(machine.home, { recursive: true });
  }
  deepEqual(missed, []);
});

function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(`${from}/${name}`, `${to}/${name}`);
    else Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}
