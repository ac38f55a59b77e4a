/** Tests of what commands do with a damaged database. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { noteDamage } from "../../cli/mend_home.ts";
import { openPlain } from "../../core/database.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { fillHome, reports } from "./backup/backup_stage.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

const PAGE_BYTES = 4096;

/** Overwrites the first page of a table. */
function damage(machine: Machine, table: string): void {
  const path = `${machine.home}/telemetry.db`;
  let root: number;
  {
    using db = openPlain(path);
    const sql = "select rootpage from sqlite_schema where name = ?";
    root = db.prepare(sql).get(table)!.rootpage as number;
  }
  const bytes = Deno.readFileSync(path);
  Deno.writeFileSync(path, bytes.fill(0xee, (root - 1) * PAGE_BYTES, root * PAGE_BYTES));
}

Deno.test("mendHome() gives all back, where sources and archive still have it", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  const before = await reports(machine);
  const broken: ((path: string) => void)[] = [
    (path) => Deno.truncateSync(path, 20_000),
    (path) => Deno.removeSync(path),
    (path) => Deno.truncateSync(path),
  ];
  for (const harm of broken) {
    harm(`${machine.home}/telemetry.db`);

    const { code, stderr } = await runHere(machine, ["sync"]);

    equal(code, 0);
    match(
      stderr,
      /^warning: The database (was damaged: it is telemetry.db.damaged-|is gone.*: 8 events)/,
    );
    equal(await reports(machine), before);
    equal((await runHere(machine, ["sync"])).stderr, "");
  }
  const copies = [...Deno.readDirSync(machine.home)].filter(({ name }) =>
    name.includes("damaged")
  );
  equal(copies.length, 2, "and none of nothing");
});

Deno.test("mendHome() brings nothing back that was purged, whatever is left of it", async () => {
  using machine = tempMachine();
  const [gone] = [1, 2].map((session) =>
    new Transcript(machine.claude, { session }).prompt().response()
  );
  await runHere(machine, ["sync"]);
  await runHere(machine, ["purge", "--session", gone!.sessionId, "--yes"]);
  const before = await reports(machine), path = `${machine.home}/telemetry.db`;
  ok(before.includes('"total": 1') && !before.includes(gone!.sessionId));
  const harms = [
    () => Deno.writeTextFileSync(path, "no database at all, and nothing else"),
    () => Deno.removeSync(path),
    () => Deno.truncateSync(path),
  ];
  for (const harm of harms) {
    harm();
    match(
      (await runHere(machine, ["sync"])).stderr,
      /^warning: The database (was damaged|is gone)/,
    );
    equal(await reports(machine), before);
  }
  await runHere(machine, ["sync", "--again"]);
  Deno.removeSync(path);
  equal((await runHere(machine, ["sync"])).stderr, "", "nothing is purged any more");
  ok((await reports(machine)).includes(gone!.sessionId));
});

Deno.test("mendHome() says where nobody can tell what was purged", async () => {
  using machine = tempMachine();
  await fillHome(machine);
  Deno.writeTextFileSync(`${machine.home}/purged.json`, "[");
  Deno.removeSync(`${machine.home}/telemetry.db`);
  const { code, stderr } = await runHere(machine, ["sync"]);
  equal(code, 0);
  match(stderr, /\nwarning: Cannot read purged.json: what was purged may be read again\n$/);
});

Deno.test("mendHome() comes after a report or doctor that met the damage", async () => {
  for (
    const [table, args] of [["sessions", ["sessions", "--no-sync"]], ["responses", ["doctor"]]]
  ) {
    using machine = tempMachine();
    await fillHome(machine);
    const before = await reports(machine);
    damage(machine, table as string);

    const met = await runHere(machine, args as string[]);
    equal(met.code, 1);
    match(met.stdout + met.stderr, /it is damaged; blueplane sync|The database is damaged/);

    const { stderr } = await runHere(machine, ["sync"]);
    match(stderr, /^warning: The database was damaged/);
    equal(await reports(machine), before);
    const doctor = JSON.parse((await runHere(machine, ["doctor", "--json"])).stdout);
    const ids = doctor.findings.map(({ id }: { id: string }) => id);
    ok(ids.includes("copies") && ids.includes("mended"), ids.join());
  }
});

Deno.test("noteDamage() makes no file where there is no database", () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  noteDamage(recordedIo(machine, []), { color: false, sync: true });
  deepEqual([...Deno.readDirSync(machine.home)], []);
});
