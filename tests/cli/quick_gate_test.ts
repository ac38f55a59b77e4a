/** Tests of the gate for programs that an assistant runs. */

import { deepEqual } from "node:assert/strict";
import { quickGate } from "../../cli/quick_gate.ts";
import { homeAt } from "../../core/home.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

Deno.test("quickGate() knows what is chosen in the file and in the environment", async () => {
  using folder = tempFolder();
  const home = homeAt(folder.path), clock = new VirtualClock();
  const isPaused = async (variable?: string) =>
    (await quickGate({ clock, env: () => variable }, home, "/home/ada")).isPaused;
  const ask = async (name: string) => {
    const env = (asked: string) => asked === name ? "true" : undefined;
    return (await quickGate({ clock, env }, home, "/home/ada")).isPaused;
  };
  deepEqual([await isPaused(), await ask("BLUEPLANE_CAPTURE_PAUSED")], [false, true]);
  Deno.writeTextFileSync(home.config, '{ "capture": { "paused": true } }');
  deepEqual(await isPaused(), true);
});
