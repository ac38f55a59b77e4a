/** Tests of `core/words.ts`: numbers for words. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, inTransaction, openReader } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { readWordNumber, readWords, Words } from "../../core/words.ts";
import { tempDatabase } from "../pipeline/temp_database.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

Deno.test("Words.number() gives each word one number, and no two the same", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (texts) => {
      using db = openWriter(":memory:");
      const words = new Words(db);

      const numbers = texts.map((text) => words.number(text));

      assert.deepEqual(texts.map((text) => words.number(text)), numbers);
      assert.equal(new Set(numbers).size, new Set(texts).size);
      const known = readWords(db);
      assert.deepEqual(numbers.map((number) => known.get(number)), texts);
    }),
    fcRuns(30),
  );
});

Deno.test("Words.number() gives the same number again, when the program was restarted", () => {
  using db = openWriter(":memory:");
  const number = new Words(db).number("claude_code");

  assert.equal(new Words(db).number("claude_code"), number);
});

Deno.test("Words.forget() lets a number be given anew, when it was rolled back", () => {
  using db = openWriter(":memory:");
  const words = new Words(db);
  assert.throws(() => addAndFail(db, words), /rolled back/);

  words.forget();
  const number = words.number("Edit");

  assert.equal(readWords(db).get(number), "Edit");
});

Deno.test("readWords() gives nothing, when there is no word", () => {
  using db = openWriter(":memory:");

  assert.deepEqual(readWords(db), new Map());
});

Deno.test("readWords() knows what is new, and nothing that is gone, when asked again", () => {
  using folder = tempDatabase();
  using db = openWriter(folder.path);
  using reader = openReader(folder.path)!;
  const words = new Words(db);
  const told = () => [...readWords(reader).values()];
  for (const text of ["Edit", "Bash", "Read"]) words.number(text);
  assert.deepEqual(told(), ["Edit", "Bash", "Read"]);

  words.number("Grep");
  assert.deepEqual(told(), ["Edit", "Bash", "Read", "Grep"]);

  db.exec("delete from words where text = 'Bash'");
  assert.deepEqual(told(), ["Edit", "Read", "Grep"]);
  db.exec("update words set text = 'purged' where text = 'Grep'; delete from words where id = 1");
  words.number("Glob");
  assert.deepEqual(told(), ["Read", "purged", "Glob"]);
});

function addAndFail(db: Database, words: Words): void {
  inTransaction(db, () => {
    words.number("Edit");
    throw new Error("Cannot go on: rolled back");
  });
}

Deno.test("readWordNumber() is the number that was given, and of no other word any", () => {
  using db = openWriter(":memory:");
  const number = new Words(db).number("Edit");

  assert.equal(readWordNumber(db, "Edit"), number);
  assert.equal(readWordNumber(db, "Read"), -1);
});
