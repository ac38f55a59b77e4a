/** Tests of reading exports of any format, sound ones and others. */

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { exportText, type TextFormat } from "../../../cli/exports/export_text.ts";
import type { TeamRow } from "../../../cli/team/team_columns.ts";
import { readTeamFile } from "../../../cli/team/team_file.ts";
import { TeamFileError } from "../../../cli/team/team_file_error.ts";
import { anonymousColumns } from "../../../core/anonymous.ts";
import type { ExportCell, ExportTable } from "../../../core/exported.ts";
import { sessionColumns } from "../../../core/reports/export_tables.ts";
import { writeParquet } from "../../../pipeline/parquet_file.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { teamExport, TeamFolder, teamHeaderOf, teamRow } from "../../helpers/team_exports.ts";

const FORMATS = ["json", "jsonl", "csv", "parquet"] as const;
const COLUMNS = anonymousColumns(sessionColumns());
const ROWS = [{ user_prompts: 2.5, cost_usd: 1e-7 }, {
  models: "opus",
  active_ms: 3.21e15 / 1e3,
}];
const HEADER = { ...teamHeaderOf(), what: "sessions" };

function tableOf(rows: readonly Readonly<Record<string, ExportCell>>[]): ExportTable {
  return {
    columns: COLUMNS,
    rows: rows.map((row) => {
      const told = teamRow(row) as Record<string, ExportCell>;
      const document = Object.fromEntries(COLUMNS.map(({ name }) => [name, told[name] ?? null]));
      return { document, cells: COLUMNS.map(({ name }) => told[name] ?? null) };
    }),
  };
}

async function written(
  folder: TeamFolder,
  format: typeof FORMATS[number],
  rows = ROWS,
): Promise<string> {
  const table = tableOf(rows as unknown as Record<string, ExportCell>[]);
  if (format !== "parquet") {
    return folder.add([...exportText(format as TextFormat, HEADER, table)].join(""));
  }
  const path = `${folder.path}/some.parquet`;
  await writeParquet(path, table, { blueplane: JSON.stringify(HEADER) });
  return path;
}

function rowsOf(path: string): TeamRow[] {
  const rows: TeamRow[] = [];
  readTeamFile(path, (row) => rows.push(row));
  return rows;
}

Deno.test("readTeamFile() reads the same of every format, whatever its name is", async () => {
  using folder = new TeamFolder();
  const paths = await Promise.all(FORMATS.map((format) => written(folder, format)));
  const [first, ...others] = paths.map(rowsOf);

  equal(first?.length, 2);
  deepEqual(first?.[0]?.numbers.filter((number) => number !== null), [2.5, 1e-7]);
  for (const other of others) deepEqual(other, first);
});

Deno.test("readTeamFile() reads JSON that another program wrote again", () => {
  using folder = new TeamFolder();
  const { what, ...header } = HEADER;
  const text = JSON.stringify({ sessions: ROWS.map(teamRow), ...header, what }, null, 2);

  equal(rowsOf(folder.add(`\n${text}\n`)).length, 2);
});

Deno.test("readTeamFile() takes an empty export, and follows a link to one", async () => {
  using folder = new TeamFolder();
  const path = folder.add(teamExport({ rows: [] }));
  Deno.symlinkSync(path, `${folder.path}/link`);

  deepEqual(rowsOf(path), []);
  deepEqual(rowsOf(`${folder.path}/link`), []);
  deepEqual(rowsOf(await written(folder, "parquet", [])), []);
});

const HOSTILE: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ["nothing", "", /no export/],
  ["another text", "hello\nworld\n", /no export/],
  ["gzip", new Uint8Array([31, 139, 8, 0, 0, 0, 255, 254, 0, 10]), /no export/],
  ["Parquet that ends at once", "PAR1PAR1", /broken/],
  ["Parquet of another kind", `PAR1${"x".repeat(100)}\xff\xff\xff\xffPAR1`, /broken|more than/],
  ["Markdown", "# Blueplane: sessions\n", /Markdown/],
  ["JSON of another program", '{"users":[{"name":"Ada"}]}', /no export/],
  ["what is not anonymous", teamExport().replace("anonymized", "other"), /not anonymous/],
  ["rows that tell", teamExport({ rows: [teamRow({ session_id: "a" })] }), /not anonymous/],
  ["two lists", teamExport().replace("}]}", '}],"events":[{}]}'), /no export|broken/],
  ["rows twice", `${teamExport()}\n${JSON.stringify(teamRow())}\n`, /no export/],
  ["a second header", `${JSON.stringify(HEADER)}\n`.repeat(2), /no export/],
  ["CSV that is not anonymous", "session_id,platform\r\na,cursor\r\n", /not anonymous/],
  ["CSV without rows", "platform,month,blueplane\r\n", /empty/],
  ["CSV of uneven lines", 'month,blueplane\r\n2026-03\r\n"', /broken/],
  ["CSV with another header", "month,blueplane\r\n2026-03,{\r\n", /no export/],
  ["a name of all objects", teamExport({ what: "__proto__" }), /no export/],
];

for (const [name, content, reason] of HOSTILE) {
  Deno.test(`readTeamFile() refuses ${name}`, () => {
    using folder = new TeamFolder();
    throws(() => rowsOf(folder.add(content)), (error: Error) => {
      ok(error instanceof TeamFileError);
      return reason.test(error.reason) || ok(false, error.reason) === undefined;
    });
  });
}

Deno.test("readTeamFile() refuses what is no file, or cannot be read", () => {
  using folder = new TeamFolder();

  throws(() => rowsOf(folder.path), /no plain file/);
  throws(() => rowsOf(`${folder.path}/none`), /there is no such file/);
});

Deno.test("readTeamFile() takes or refuses a damaged file, and does nothing else", async () => {
  using folder = new TeamFolder();
  const paths = await Promise.all(FORMATS.map((format) => written(folder, format)));
  const files = paths.map((path) => Deno.readFileSync(path));
  const damage = fc.tuple(
    fc.constantFrom(...files),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.integer({ min: 0, max: 255 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(damage, ([file, place, byte, isCut]) => {
      const at = Math.floor(place * file.length);
      const bytes = isCut ? file.slice(0, at) : file.with(at, byte);
      try {
        rowsOf(folder.add(bytes, "damaged"));
      } catch (error) {
        ok(error instanceof TeamFileError, String(error));
      }
    }),
    fcRuns(60),
  );
});
