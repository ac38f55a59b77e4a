/** Another program opens the archive: DuckDB under Node, fetched from npm once. */

import { deepEqual, equal } from "node:assert/strict";
import { existsSync } from "node:fs";
import { openWriter } from "../../core/open_writer.ts";
import { encodeEvent } from "../../core/event.ts";
import { Archive } from "../../pipeline/archive.ts";
import { fromRoot } from "../../tools/project_root.ts";
import { archive, fillMonths, folderOf } from "./archive_stage.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

type Row = Record<string, string>;

const PACKAGE = ["@duckdb/node-api", "1.5.6-r.1"] as const;
const QUERY = `
import { DuckDBInstance } from "@duckdb/node-api";
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const result = await connection.runAndReadAll(\`
  select event_id, timestamp, platform, session_id, event_type, hook_type, metadata, payload,
    month, input_tokens
  from read_parquet('\${process.argv[2]}/**/*.parquet', hive_partitioning = true)\`);
console.log(JSON.stringify(result.getRowObjectsJson()));
`;

async function run(program: string, args: readonly string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(program, {
    args: [...args],
    stderr: "inherit",
  }).output();
  equal(success, true, `${program} ${args[0]}`);
  return new TextDecoder().decode(stdout);
}

Deno.test("Archiver.run() writes what DuckDB reads, row by row", async () => {
  using folder = tempDatabase();
  {
    using parts = openParts(folder.path);
    await fillMonths(parts);
    archive(parts.db, folder.path);
  }
  using db = openWriter(folder.path);
  const at = folderOf(folder.path), away = fromRoot(".cache/duckdb");
  const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const events = [...new Archive(db, at).events(always)];
  const [name, version] = PACKAGE;
  const installed = `${away}/node_modules/${name}/package.json`;
  if (!existsSync(installed) || !Deno.readTextFileSync(installed).includes(`"${version}"`)) {
    const args = ["install", "--no-audit", "--no-fund", "--prefix", away, `${name}@${version}`];
    await run("npm", args);
  }
  Deno.writeTextFileSync(`${away}/query.mjs`, QUERY);

  const rows = JSON.parse(await run("node", [`${away}/query.mjs`, at])) as Row[];

  const read = rows.map(({ month, input_tokens, metadata, payload, hook_type, ...texts }) => {
    equal(texts.timestamp!.startsWith(month!), true);
    const whole = { ...texts, hook_type: hook_type ?? undefined };
    const parsed = { metadata: JSON.parse(metadata!), payload: JSON.parse(payload!) };
    equal(input_tokens ?? null, parsed.payload.input_tokens?.toString() ?? null);
    return JSON.stringify({ ...whole, ...parsed });
  });
  deepEqual(read.sort(), events.map(encodeEvent).sort());
});
