/** Tests of removing words that no row names. */

import { deepEqual, equal } from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { Words } from "../../core/words.ts";
import { removeUnused, WORD_COLUMNS } from "../../pipeline/unused_words.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { derivedRows } from "./derived_rows.ts";

/** Names of columns that hold numbers of words, wherever they are. */
const NAMES = new Set(Object.values(WORD_COLUMNS).flat());
/** Columns of these names that hold something else. */
const OTHERS = [
  "call_sums.kind",
  "feedback.kind",
  "input_sums.member",
  "inputs.kind",
  "recorded_turns.kind",
  "shared_facts.kind",
  "tracked_decisions.kind",
];
/** Tables that triggers make of others. */
const TOTALS = /_totals\./;

Deno.test("removeUnused() knows each column that may hold the number of a word", () => {
  using db = openWriter(":memory:");
  const columns = db.prepare(
    `select t.name || '.' || c.name as place, c.name from sqlite_schema t
     join pragma_table_info(t.name) c
     where t.type = 'table' and c.type = 'INTEGER' and t.name not like '%_raw_traces'`,
  ).all().filter(({ name }) => NAMES.has(String(name))).map(({ place }) => String(place))
    .filter((place) => !TOTALS.test(place) && !OTHERS.includes(place)).sort();
  const known = Object.entries(WORD_COLUMNS)
    .flatMap(([table, names]) => names.map((name) => `${table}.${name}`)).sort();
  deepEqual(columns, known);
});

Deno.test("removeUnused() leaves every word that a row names, and no other", async () => {
  await using home = await filledHome();
  using db = openWriter(home.path);
  const before = derivedRows(db);
  const words = new Words(db);
  const [gone, last] = [words.number("claude-gone-1"), words.number("deadbeefdeadbeef")];
  db.prepare("insert into call_kinds (tool, model, mode, extension) values (?, 0, 0, 0)")
    .run(gone);

  removeUnused(db);
  removeUnused(db);

  deepEqual(derivedRows(db), before);
  const texts = db.prepare("select text from words where id in (?, ?)").all(gone, last);
  deepEqual(texts.map(({ text }) => text), ["purged"]);
  equal(db.prepare("select 1 from call_kinds where tool = ?").get(gone), undefined);
  words.forget();
  equal(words.number("new") > last, true);
});
