/** Tests of what is said where events cannot be stored. */

import { equal, match } from "node:assert/strict";
import { DiskFullError } from "../../core/database.ts";
import { diskFullError } from "../helpers/faults.ts";
import { closedError, explain } from "../../pipeline/store_errors.ts";

Deno.test("explain() says of a full disk what to do, and gives all else as it is", () => {
  const full = diskFullError();
  match(String(explain(full)), /the disk is full; free some space, reading goes on then$/);
  equal(explain(full) instanceof DiskFullError, true);
  const other = new TypeError("Cannot go on: it ended");
  equal(explain(other), other);
});

Deno.test("closedError() says that it is too late", () => {
  equal(closedError().message, "Cannot store events: the pipeline is closed");
});
