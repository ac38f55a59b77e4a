/** Tests of `capture/cursor/state_problem.ts`: why a database cannot be read. */

import assert from "node:assert/strict";
import {
  asStateError,
  problemOf,
  StateError,
  stateError,
} from "../../../capture/cursor/state_problem.ts";

Deno.test("problemOf() knows what SQLite and the system say", () => {
  const sqlite = (errcode?: number) =>
    Object.assign(new Error("Cannot go on: x"), { code: "ERR_SQLITE_ERROR", errcode });
  const known: [unknown, string | undefined][] = [
    [sqlite(5), "locked"],
    [sqlite(261), "locked"],
    [sqlite(11), "damaged"],
    [sqlite(26), "damaged"],
    [sqlite(776), "unfinished"],
    [sqlite(1), "unreadable"],
    [sqlite(), "unreadable"],
    [Object.assign(new Error("Cannot go on: x"), { code: "ENOSPC" }), "no_room"],
    [new Deno.errors.PermissionDenied("Cannot go on: x"), "denied"],
    [new Deno.errors.NotFound("Cannot go on: x"), "gone"],
    [stateError("locked"), "locked"],
    [new TypeError("Cannot go on: x"), undefined],
    ["x", undefined],
  ];

  for (const [error, problem] of known) assert.equal(problemOf(error), problem, String(error));
});

Deno.test("asStateError() says why in our words, and leaves other errors alone", () => {
  const error = asStateError(new Deno.errors.NotFound("/home/kim/secret"));
  const other = new TypeError("Cannot go on: x");

  assert.ok(error instanceof StateError);
  assert.equal(error.message, "Cannot read a database: it is gone");
  assert.equal(asStateError(other), other);
});
