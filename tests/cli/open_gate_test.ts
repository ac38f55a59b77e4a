/** Tests of the gate by the settings as they are now. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { noteChoices, openGate } from "../../cli/open_gate.ts";
import { homeAt } from "../../core/home.ts";
import { readPauses } from "../../core/pauses.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { makePrompt } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { ConfigError } from "../../core/setting.ts";

const LOOK_MS = 300;

function openStage(folder: string, variables: Record<string, string> = {}) {
  const clock = new VirtualClock(1000), home = homeAt(folder);
  const io = { clock, env: (name: string) => variables[name] };
  return {
    io,
    home,
    clock,
    gate: openGate(io, home, "/home/ada"),
    set(capture: unknown) {
      Deno.writeTextFileSync(home.config, JSON.stringify({ capture }));
      clock.advance(LOOK_MS);
    },
  };
}

Deno.test("openGate() takes a change of the settings while it is open", () => {
  using folder = tempFolder();
  const { gate, set, home, clock } = openStage(folder.path);
  const event = makePrompt({ id: "p", at: 900 });
  equal(gate.admit(event), event);
  set({ paused: true });
  equal(gate.isPaused, true);
  deepEqual(readPauses(home.pauses), [[1300, null]]);
  equal(gate.admit(event), undefined);
  set({ paused: false, exclude: ["~/x"] });
  equal(gate.isPaused, false);
  equal(gate.excludes("/home/ada/x/y"), true);
  equal(gate.admit(event), event, "it was before the pause");
  equal(gate.admit(makePrompt({ id: "q", at: 1400 })), undefined);
  equal(gate.admit(makePrompt({ id: "r", at: clock.now() })) === undefined, false);
});

Deno.test("openGate() holds on to what held, while the file is wrong", () => {
  using folder = tempFolder();
  const { gate, set, home, clock } = openStage(folder.path);
  set({ exclude: ["/x"] });
  equal(gate.excludes("/x"), true);
  Deno.writeTextFileSync(home.config, "{ half");
  clock.advance(LOOK_MS);
  equal(gate.excludes("/x"), true);
});

Deno.test("noteChoices() takes the environment first, and refuses wrong settings", () => {
  using folder = tempFolder();
  const { io, home } = openStage(folder.path, { BLUEPLANE_CAPTURE_PAUSED: "true" });
  equal(noteChoices(io, home).paused, true);
  deepEqual(readPauses(home.pauses), [[1000, null]]);
  Deno.writeTextFileSync(home.config, '{ "capture": { "off": ["all"] } }');
  throws(() => noteChoices(io, home), ConfigError);
});
