/** Tests of the examination of the database. */

import { deepEqual, equal, match } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { checkDatabase } from "../../../cli/doctor/database_check.ts";
import { SCHEMA } from "../../../core/database.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { openForDoctor } from "./open_for_doctor.ts";

Deno.test("checkDatabase() says how to begin, when nothing is stored", () => {
  using machine = tempMachine();
  const { findings, db } = checkDatabase(openForDoctor(machine));
  equal(db, undefined);
  equal(findings[0]!.severity, "note");
  match(findings[0]!.remedy!, /blueplane sync/);
});

Deno.test("checkDatabase() finds a database sound, and gives a reader of it", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const { findings, db } = checkDatabase(openForDoctor(machine));
  using _db = db!;
  deepEqual(findings.map(({ severity }) => severity), ["ok", "ok"]);
  equal(findings[0]!.numbers!.schema_version, SCHEMA);
  equal(db!.prepare("select count(*) as n from sessions").get()!.n, 1);
});

Deno.test("checkDatabase() finds damage, and what is no database at all", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude);
  for (let i = 0; i < 200; i++) transcript.prompt();
  await runHere(machine, ["sync"]);
  const path = `${machine.home}/telemetry.db`;
  const bytes = Deno.readFileSync(path);
  for (const kind of ["damaged", "no database"]) {
    // Behind the first page, or from the start on.
    const broken = bytes.slice().fill(7, kind === "damaged" ? 4096 : 0);
    Deno.writeFileSync(path, broken);
    const { findings, db } = checkDatabase(openForDoctor(machine));
    deepEqual([db, findings.length, findings[0]!.severity], [undefined, 1, "error"], kind);
  }
});

Deno.test("checkDatabase() finds a log that nobody empties", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  // A sparse file: what is in it is no part of the log.
  Deno.writeFileSync(`${machine.home}/telemetry.db-wal`, new Uint8Array());
  Deno.truncateSync(`${machine.home}/telemetry.db-wal`, 65 * 1024 * 1024);

  const { findings, db } = checkDatabase(openForDoctor(machine));
  using _db = db!;

  deepEqual([findings[1]!.id, findings[1]!.severity], ["log", "warning"]);
});

Deno.test("checkDatabase() finds a database whose log was switched off", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  {
    using db = new DatabaseSync(`${machine.home}/telemetry.db`);
    db.exec("pragma journal_mode = delete");
  }
  const look = () => {
    const { findings, db } = checkDatabase(openForDoctor(machine));
    db?.close();
    return [findings[1]!.severity, findings[1]!.numbers!.write_ahead];
  };

  deepEqual(look(), ["warning", 0]);
  await runHere(machine, ["sync"]);
  await runHere(machine, ["rebuild", "-q"]);
  deepEqual(look(), ["ok", 1]);
});
