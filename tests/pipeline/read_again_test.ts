/** Tests of reading from the start again. */

import { deepEqual, equal } from "node:assert/strict";
import { purgedBeside } from "../../pipeline/purged_file.ts";
import { readAgain } from "../../pipeline/read_again.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { existsSync } from "node:fs";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

Deno.test("readAgain() lifts tombstones and forgets positions, of one platform or of all", () => {
  using folder = tempDatabase();
  const { path } = folder;
  using parts = openParts(path);
  const { db, words, tombstones } = parts;
  const add = db.prepare(
    `insert into sources (id, platform, file_id, head, position, size, modified_at, lines,
       lines_malformed, lines_unknown, state) values (?, ?, '', '', 1, 1, 1, 1, 0, 0, '{}')`,
  );
  for (const platform of ["claude_code", "cursor"]) {
    add.run(`of ${platform}`, words.number(platform));
    tombstones.add(platform, undefined, NOON);
  }
  const left = () => db.prepare("select id from sources").all().map(({ id }) => id);
  const holds = (platform: string) =>
    tombstones.holds(makePrompt({ id: "p", platform, at: NOON - 1 }));

  const told = { until: [["cursor", "", 5], ["claude_code", "a", 5]], events: [] };
  Deno.writeTextFileSync(purgedBeside(path), JSON.stringify(told));
  readAgain({ db, path, tombstones }, "cursor");
  deepEqual([left(), holds("cursor"), holds("claude_code")], [["of claude_code"], false, true]);
  equal(existsSync(purgedBeside(path)), true, "a new database is told of the other, too");
  const { until } = JSON.parse(Deno.readTextFileSync(purgedBeside(path)));
  deepEqual(until, [["claude_code", "", NOON], ["claude_code", "a", 5]]);
  readAgain({ db, path, tombstones }, undefined);
  equal(existsSync(purgedBeside(path)), false);
  deepEqual(left(), []);
  equal(holds("claude_code"), false);
});
