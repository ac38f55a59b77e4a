/** Tests of exit codes and of the line that an error becomes. */

import { deepEqual } from "node:assert/strict";
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
