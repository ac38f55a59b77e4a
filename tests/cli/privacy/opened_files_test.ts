/** Tests of looking into compressed files. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { auditInside } from "../../../cli/privacy/opened_files.ts";
import type { ExportColumn } from "../../../core/exported.ts";
import { homeAt } from "../../../core/home.ts";
import { PrivacyAudit } from "../../../core/privacy_audit.ts";
import { ParquetFile } from "../../../pipeline/parquet_file.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

const COLUMNS: readonly ExportColumn[] = [
  { name: "text", kind: "text" },
  { name: "count", kind: "integer" },
];
const CANARY = "weave algebraic patterns just as the loom weaves flowers";

/** Looks into a file, for a canary. */
async function inside(path: string, home: string) {
  const audit = new PrivacyAudit([CANARY]);
  const { events, ...opened } = await auditInside(
    audit,
    { path, place: "argument 1" },
    homeAt(home),
  );
  const places = opened.places.map(({ place }) => place);
  return { events, places, unaudited: opened.unaudited, findings: audit.findings };
}

function writeParquet(path: string, text: string): void {
  const file = new ParquetFile(path, COLUMNS, {});
  file.write(Array.from({ length: 50 }, (_, i) => [`${text} ${i}`, i]));
  file.finish();
}

Deno.test("auditInside() looks at every row of a Parquet file", async () => {
  using folder = tempFolder();
  const path = folder.at("export.parquet");
  writeParquet(path, CANARY);
  const raw = new TextDecoder("latin1").decode(Deno.readFileSync(path));

  const { places, findings } = await inside(path, folder.path);

  // It does not stand in the file as it is, which is compressed.
  ok(raw.split(CANARY).length < 10);
  deepEqual(places, ["rows of argument 1"]);
  ok(findings.some(({ kind, count }) => kind === "looked_for" && count >= 50));

  writeParquet(path, "claude_code");
  deepEqual((await inside(path, folder.path)).findings, []);
});

Deno.test("auditInside() looks at every file of a backup, and leaves nothing behind", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt(CANARY).response();
  await runHere(machine, ["sync"]);
  const backup = `${machine.path}/all.tar.gz`;
  await runHere(machine, ["backup", backup]);

  const sound = await inside(backup, machine.home);
  Deno.mkdirSync(`${machine.home}/spool`, { recursive: true });
  Deno.writeTextFileSync(`${machine.home}/spool/1.json`, `{"prompt":"${CANARY}"}`);
  await runHere(machine, ["backup", "--force", backup]);
  const leaky = await inside(backup, machine.home);

  deepEqual(sound.findings, []);
  ok(sound.events >= 2);
  ok(sound.places.includes("argument 1: telemetry.db"));
  ok(sound.places.includes("argument 1: events in trace_blocks"));
  deepEqual(leaky.findings.map(({ place }) => place).slice(0, 1), ["argument 1: spool/1.json"]);
  equal([...Deno.readDirSync(`${machine.home}/tmp`)].length, 0);
});

Deno.test("auditInside() names what is compressed and cannot be read", async () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("broken.parquet"), "PAR1 and no more");
  Deno.writeFileSync(folder.at("other.gz"), Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3));
  Deno.writeTextFileSync(folder.at("plain.txt"), "nothing");

  deepEqual((await inside(folder.at("broken.parquet"), folder.path)).unaudited, [
    { place: "rows of argument 1", why: "it cannot be read" },
  ]);
  deepEqual((await inside(folder.at("other.gz"), folder.path)).unaudited, [
    {
      place: "inside of argument 1",
      why: "it is compressed, and no backup that can be read",
    },
  ]);
  deepEqual((await inside(folder.at("plain.txt"), folder.path)).places, []);
});
