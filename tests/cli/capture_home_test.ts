/** Tests of the mark of a data folder that only captures, and of what it refuses. */

import { deepEqual, equal, match, throws } from "node:assert/strict";
import {
  isCaptureHome,
  markCaptureHome,
  readingCommand,
  requireOwnHome,
  usualName,
} from "../../cli/capture_home.ts";
import { homeAt, makeHome } from "../../core/home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { runHere } from "./recorded_io.ts";

const NOW = Date.UTC(2026, 2, 1, 12);

Deno.test("markCaptureHome() marks a folder once, for its user alone", () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  equal(isCaptureHome(home), false);
  markCaptureHome(home, NOW);
  markCaptureHome(home, NOW + 1000);
  equal(isCaptureHome(home), true);
  deepEqual(JSON.parse(Deno.readTextFileSync(home.worker)), {
    joined_at: "2026-03-01T12:00:00.000Z",
  });
  if (Deno.build.os !== "windows") equal(Deno.statSync(home.worker).mode! & 0o777, 0o600);
});

Deno.test("usualName() is another one in another folder of the same machine", () => {
  using one = tempMachine();
  using other = tempMachine();
  const names = [one, other].map((machine, i) => {
    const home = homeAt(machine.home);
    makeHome(home);
    markCaptureHome(home, NOW + i);
    equal(usualName(home), usualName(home));
    return usualName(home);
  });
  equal(new Set([...names, Deno.hostname()]).size, 3);
});

Deno.test("readingCommand() is the worker's in a marked folder, doctor says so", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  equal(readingCommand(home), "blueplane sync");
  markCaptureHome(home, NOW);
  equal(readingCommand(home), "blueplane worker --role capture");
  new Transcript(machine.claude).prompt();
  const { stdout } = await runHere(machine, ["doctor"]);
  match(stdout, /^ {2}blueplane worker --role capture reads what is there$/m);
  match(stdout, /^ {2}blueplane worker --role capture reads it, /m);
  equal(stdout.includes("blueplane sync"), false, stdout);
});

Deno.test("requireOwnHome() throws in a marked folder alone, and says where to look", () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  requireOwnHome(home, "sync");
  markCaptureHome(home, NOW);
  throws(() => requireOwnHome(home, "sync"), {
    message:
      "Cannot sync: this machine only captures, for the one that invited it; look there, " +
      "or name another data folder with --home DIR",
  });
});

Deno.test("requireOwnHome() ends what shows or processes, until the mark is removed", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  markCaptureHome(home, NOW);
  for (const command of [["metrics"], ["sessions", "--json"], ["sync"], ["serve"], ["mcp"]]) {
    const { code, stdout, stderr } = await runHere(machine, command);
    deepEqual({ code, stdout }, { code: 1, stdout: "" }, command.join(" "));
    equal(/^error: Cannot .*: this machine only captures, .*\n$/.test(stderr), true, stderr);
  }
  Deno.removeSync(home.worker);
  equal((await runHere(machine, ["metrics"])).code, 0);
});
