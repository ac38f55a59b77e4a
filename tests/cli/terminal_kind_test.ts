/** Tests of `cli/terminal_kind.ts`. */

import { equal } from "node:assert/strict";
import { isPlain, obeysSequences } from "../../cli/terminal_kind.ts";
import { RecordedOutput } from "./recorded_io.ts";

function envOf(env: Readonly<Record<string, string>>) {
  return { env: (name: string) => env[name] };
}

Deno.test("obeysSequences() holds of a terminal that is not dumb", () => {
  const terminal = new RecordedOutput({ isTerminal: true }), pipe = new RecordedOutput();
  equal(obeysSequences(envOf({}), terminal), true);
  equal(obeysSequences(envOf({ TERM: "xterm" }), terminal), true);
  equal(obeysSequences(envOf({ TERM: "dumb" }), terminal), false);
  equal(obeysSequences(envOf({ TERM: "xterm" }), pipe), false);
});

Deno.test("isPlain() goes by the locale that counts, and by the kind of terminal", () => {
  equal(isPlain(envOf({})), false);
  equal(isPlain(envOf({ LANG: "en_GB.UTF-8" })), false);
  equal(isPlain(envOf({ LANG: "C" })), true);
  equal(isPlain(envOf({ LC_ALL: "C.utf8", LANG: "C" })), false);
  equal(isPlain(envOf({ LC_CTYPE: "POSIX", LANG: "en_GB.UTF-8" })), true);
  equal(isPlain(envOf({ TERM: "linux", LANG: "en_GB.UTF-8" })), true);
  equal(isPlain(envOf({ TERM: "dumb" })), true);
});
