/** Tests of `core/sqlite_error.ts`: which error is which, as the real SQLite throws them. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type Database, openPlain } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import {
  isBusyError,
  isClosedError,
  isConstraintError,
  isDamagedError,
  isFullError,
} from "../../core/sqlite_error.ts";
import { failFirstLook } from "../helpers/faults.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("isBusyError() knows the error of a file that another connection holds", () => {
  using folder = tempFolder();
  using one = openPlain(folder.at("a.db"));
  using two = openPlain(folder.at("a.db"));
  one.exec("begin exclusive");

  const error = errorOf(() => two.exec("begin exclusive"));

  assert.ok(isBusyError(error));
  assert.ok(!isConstraintError(error) && !isFullError(error));
});

Deno.test("isClosedError() knows a file that may only be read, or cannot be opened", () => {
  using folder = tempFolder();
  openPlain(folder.at("a.db")).close();
  const reader = new DatabaseSync(folder.at("a.db"), { readOnly: true });

  const written = errorOf(() => reader.exec("pragma user_version = 1"));
  const opened = errorOf(() => openPlain(folder.at("none/a.db")));
  reader.close();

  assert.ok(isClosedError(written) && isClosedError(opened));
  assert.ok(!isClosedError(new Deno.errors.NotFound("gone")));
});

Deno.test("isConstraintError() knows the error of a row that was refused", () => {
  using db = openWriter(":memory:");
  addWord(db, "Edit");

  const twice = errorOf(() => addWord(db, "Edit"));
  const wrongType = errorOf(() => db.prepare("insert into words values (1, x'00')").run());

  assert.ok(isConstraintError(twice) && isConstraintError(wrongType));
  assert.ok(!isBusyError(twice) && !isFullError(twice));
});

Deno.test("isFullError() knows the error of a full disk", () => {
  using db = openPlain(":memory:");
  db.exec("create table big (body blob); pragma max_page_count = 10");

  const error = errorOf(() => db.exec("insert into big values (zeroblob(1000000))"));

  assert.ok(isFullError(error));
  using _full = failFirstLook();
  assert.ok(isFullError(errorOf(() => db.prepare("pragma user_version").get())), "of its log");
  assert.ok(!isBusyError(error) && !isConstraintError(error));
});

Deno.test("isBusyError() says no, as the others do, when the error is of another sort", () => {
  using db = openPlain(":memory:");
  const syntax = errorOf(() => db.exec("selekt 1"));

  for (const error of [syntax, new Error("Cannot read"), null, undefined, "text", 5]) {
    assert.deepEqual(
      [isBusyError(error), isConstraintError(error), isFullError(error)],
      [false, false, false],
    );
  }
});

Deno.test("isDamagedError() knows the error of a file that is no database", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("a.db"), "no database ".repeat(1000));
  using db = openPlain(folder.at("a.db"));

  assert.ok(isDamagedError(errorOf(() => db.exec("create table t (a)"))));
  assert.ok(!isDamagedError(errorOf(() => db.exec("selekt 1"))));
});

function addWord(db: Database, text: string): void {
  db.prepare("insert into words (text) values (?)").run(text);
}

function errorOf(change: () => void): unknown {
  try {
    change();
  } catch (error) {
    return error;
  }
  throw new Error("Cannot test the error: there was none");
}
