/** Tests of `cli/settings_changes.ts`: changes are done and told, or only shown. */

import { deepEqual, equal } from "node:assert/strict";
import type { SettingsChange } from "../../capture/settings_install.ts";
import type { Globals } from "../../cli/cli.ts";
import {
  draftChanges,
  filesIn,
  performChanges,
  printChanges,
} from "../../cli/settings_changes.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const GLOBALS: Globals = { color: true, sync: true };

function stage(change: Partial<SettingsChange> = {}) {
  using machine = tempMachine();
  const applied: number[] = [];
  const io = recordedIo(machine, [], { env: { NO_COLOR: undefined }, isTerminal: true });
  const changes: SettingsChange[] = [{
    path: "/home/ada/settings.json",
    before: "a\n",
    after: "b\n",
    apply: (now) => (applied.push(now), "a.bak"),
    ...change,
  }];
  return { io, applied, changes };
}

Deno.test("performChanges() does them, and tells of file and backup on stderr", () => {
  const { io, applied, changes } = stage();

  performChanges(io, GLOBALS, changes);

  equal(applied.length, 1);
  equal(io.stderr.text, "note: changed /home/ada/settings.json; as it was: a.bak\n");
  equal(io.stdout.text, "");
});

Deno.test("performChanges() tells of a file that goes, and nothing when quiet", () => {
  const { io, changes } = stage({ after: undefined, apply: () => undefined });

  performChanges(io, GLOBALS, changes);
  performChanges(io, { ...GLOBALS, quiet: true }, changes);

  equal(io.stderr.text, "note: removed /home/ada/settings.json\n");
});

Deno.test("printChanges() shows the difference in colour, and does nothing", () => {
  const { io, applied, changes } = stage();

  printChanges(io, GLOBALS, changes);

  deepEqual(applied, []);
  equal(io.stdout.text, "@@ -1,1 +1,1 @@\n\x1b[31m-a\x1b[39m\n\x1b[32m+b\x1b[39m\n");
  equal(io.stderr.text, "note: would change /home/ada/settings.json\n");
});

Deno.test("printChanges() shows a file once, from what it is to what it would be at last", () => {
  const { io, changes } = stage();
  const more = { ...changes[0]!, before: "b\n", after: undefined };

  printChanges(io, { ...GLOBALS, color: false }, [...changes, more]);

  equal(io.stdout.text, "@@ -1,1 +0,0 @@\n-a\n");
  equal(io.stderr.text, "note: would remove /home/ada/settings.json\n");
});

Deno.test("filesIn() and draftChanges() know a file once, as it is at last", () => {
  const { changes } = stage();
  const drafts = new Map<string, string | undefined>();
  const all = [...changes, { ...changes[0]!, after: "c\n" }];

  draftChanges(drafts, all);

  equal(filesIn(all), 1);
  deepEqual([...drafts], [["/home/ada/settings.json", "c\n"]]);
});
