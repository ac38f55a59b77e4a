/**
 * Writes to a database as Cursor does, in a process of its own: each line of stdin is a JSON array
 * of `[sql, …parameters]`, one transaction, answered by a line. The second argument is the journal
 * mode. Ends with stdin, by closing the database.
 */

import { DatabaseSync } from "node:sqlite";

const [path, mode] = Deno.args;
const db = new DatabaseSync(path!);
db.exec(`pragma journal_mode = ${mode ?? "wal"}; pragma synchronous = off`);
db.exec("pragma wal_autocheckpoint = 1000");
console.log("open");
let rest = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split("\n");
  rest = lines.pop()!;
  for (const line of lines) {
    const statements = JSON.parse(line) as [string, ...(string | number | null)[]][];
    const isControl = /^(begin|commit|vacuum|pragma)/i.test(statements[0]?.[0] ?? "");
    if (!isControl) db.exec("begin immediate");
    for (const [sql, ...parameters] of statements) db.prepare(sql).run(...parameters);
    if (!isControl) db.exec("commit");
    console.log("done");
  }
}
db.close();
