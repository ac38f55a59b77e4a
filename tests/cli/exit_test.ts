/** Tests of exit codes and of the line that an error becomes. */

import { deepEqual, equal } from "node:assert/strict";
import { asExit, NotFoundError, UsageError } from "../../cli/exit.ts";
import { ConfigError } from "../../core/setting.ts";

Deno.test("asExit() gives each kind of error its code", () => {
  deepEqual(asExit(new UsageError("Cannot a")), { code: 2, message: "Cannot a" });
  deepEqual(asExit(new ConfigError("Cannot b")), { code: 2, message: "Cannot b" });
  deepEqual(asExit(new NotFoundError("Cannot c")), { code: 3, message: "Cannot c" });
  deepEqual(asExit(new Error("Cannot d")), { code: 1, message: "Cannot d" });
});

Deno.test("asExit() keeps one line, when a message has several", () => {
  deepEqual(asExit(new Error("Cannot a: b\n  at c")), { code: 1, message: "Cannot a: b" });
});

Deno.test("asExit() tells of anything that was thrown", () => {
  deepEqual(asExit("Cannot a"), { code: 1, message: "Cannot a" });
  deepEqual(asExit(undefined), { code: 1, message: "undefined" });
});

Deno.test("asExit() says what to do, when the system says that the disk is full", () => {
  const full = Object.assign(new Error(), { message: "No space left", code: "ENOSPC" });
  deepEqual(asExit(full), {
    code: 1,
    message: "Cannot go on: the disk is full; free some space",
  });
  const explained = new Error("Cannot write to the data folder: the disk is full", {
    cause: full,
  });
  equal(asExit(explained).message, explained.message);
});
