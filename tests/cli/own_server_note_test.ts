/** Tests of what a server writes down of itself. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { answersAlike } from "../../cli/answer_note.ts";
import { ownServerNote } from "../../cli/own_server_note.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { readKey } from "../../core/home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const GLOBALS = { color: true, sync: true };
const URL = "http://127.0.0.1:1";

Deno.test("ownServerNote() says where it is, and whom it can answer, without a folder", () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []), workspace = openWorkspace(io, GLOBALS);

  const { answers, ...note } = ownServerNote(workspace, URL, "abc", true);

  deepEqual([note.pid, note.url, note.token], [Deno.pid, URL, "abc"]);
  ok(answersAlike(io, readKey(workspace.home, false)!, answers!));
  ok(answers!.variables.includes("CLAUDE_CONFIG_DIR"));
  ok(!JSON.stringify(answers).includes(machine.claude));
});

Deno.test("ownServerNote() answers nobody, when it shows or reads nothing, or lacks files", () => {
  using machine = tempMachine();
  const env = { CLAUDE_CONFIG_DIR: `${machine.claude}/not-there` };
  const missing = openWorkspace(recordedIo(machine, [], { env }), GLOBALS);
  const silent = openWorkspace(recordedIo(machine, []), GLOBALS);

  const idle = ownServerNote(silent, URL, undefined, false);
  deepEqual(Object.keys(idle), ["pid", "url", "started_at", "captures"]);
  equal(ownServerNote(missing, URL, undefined, true).answers, undefined);
  deepEqual(Object.keys(ownServerNote(silent, undefined, "abc", true)), [
    "pid",
    "url",
    "started_at",
  ]);
});
