/** Tests of the examination of the database. */

import { deepEqual, equal, match } from "node:assert/strict";
import { SCHEMA } from "../../../core/migrations.ts";
import { checkDatabase } from "../../../cli/doctor/database_check.ts";
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
  deepEqual(findings.map(({ severity }) => severity), ["ok"]);
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
