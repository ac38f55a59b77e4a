/** Tests of `cli/installed_hooks.ts`: which program hooks call, and that they stay right. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { markCaptureHome } from "../../cli/capture_home.ts";
import { followVersions, hookTarget, shellWord } from "../../cli/installed_hooks.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import type { Clock } from "../../core/clock.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { recordedIo, type RecordedOptions, runHere } from "./recorded_io.ts";

const isUnix = Deno.build.os !== "windows";
const GLOBALS = { color: false, sync: true };

function open(machine: Machine, options: RecordedOptions = {}) {
  const io = recordedIo(machine, [], options);
  return { io, workspace: openWorkspace(io, GLOBALS) };
}

function settings(machine: Machine): string {
  return Deno.readTextFileSync(`${machine.claude}/settings.json`);
}

/** Lets so many checks run, a minute apart. */
async function follow(machine: Machine, checks: number, options: RecordedOptions = {}) {
  const stop = new AbortController();
  const start = Date.now();
  let slept = 0;
  const clock: Clock = {
    now: () => start + slept * 60_000,
    sleep() {
      if (++slept === checks) stop.abort();
      return Promise.resolve();
    },
  };
  const { io, workspace } = open(machine, { ...options, clock });
  await followVersions(workspace, stop.signal);
  return io.stderr.text;
}

for (
  const [word, quoted] of [
    ["/usr/bin/blueplane", "/usr/bin/blueplane"],
    ["/home/my kim/blueplane", "'/home/my kim/blueplane'"],
    ["it's", `'it'\\''s'`],
    ["$HOME", "'$HOME'"],
    ["", "''"],
  ] as const
) {
  Deno.test({
    name: `shellWord() gives a shell the word '${word}'`,
    ignore: !isUnix, // There is no sh.
    fn() {
      equal(shellWord(word), quoted);
      const { stdout } = new Deno.Command("sh", { args: ["-c", `printf %s ${quoted}`] })
        .outputSync();
      equal(new TextDecoder().decode(stdout), word);
    },
  });
}

Deno.test("hookTarget() names an address only where environment or file fix it", () => {
  using machine = tempMachine();

  equal(hookTarget(open(machine).workspace).origin, undefined);
  const env = { BLUEPLANE_PORT: "9000", BLUEPLANE_HOST: "::1" };
  const { workspace } = open(machine, { env });
  equal(hookTarget(workspace).origin, "http://[::1]:9000");
  // Nobody listens there, where no server may run.
  markCaptureHome(workspace.home, 0);
  equal(hookTarget(workspace).origin, undefined);
});

Deno.test("followVersions() takes out what a client that appears may not know", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  const env = { PATH: undefined };
  await runHere(machine, ["install", "claude-code"], { env });
  const before = settings(machine);
  const unchanged = await follow(machine, 2, { env });
  Deno.writeTextFileSync(
    `${machine.claude}/projects/-home-ada-engine/old.jsonl`,
    '{"type":"user","version":"2.0.77"}\n',
  );

  const said = await follow(machine, 2, { env });

  equal(unchanged, "");
  equal(said, "note: the hooks of Claude Code are now those for version 2.0.77\n");
  ok(before.includes("PermissionDenied") && !settings(machine).includes("PermissionDenied"));
});

Deno.test({
  name: "followVersions() asks the program once an hour",
  ignore: !isUnix, // The program is a shell script.
  async fn() {
    using machine = tempMachine();
    const calls = `${machine.path}/calls`;
    Deno.writeTextFileSync(
      `${machine.user}/claude`,
      `#!/bin/sh\necho x >> ${calls}\necho 2.1.330\n`,
    );
    Deno.chmodSync(`${machine.user}/claude`, 0o700);
    const env = { PATH: machine.user };
    await runHere(machine, ["install", "claude-code"], { env });
    Deno.removeSync(calls);

    const said = await follow(machine, 62, { env });

    equal(said, "");
    equal(Deno.readTextFileSync(calls), "x\nx\n");
  },
});

Deno.test("followVersions() leaves hooks as they are, when no version is known", async () => {
  using machine = tempMachine();
  const env = { PATH: undefined };
  const transcript = new Transcript(machine.claude).prompt();
  await runHere(machine, ["install", "claude-code"], { env });
  Deno.removeSync(transcript.path);
  const before = settings(machine);

  equal(await follow(machine, 2, { env }), "");

  equal(settings(machine), before);
});

Deno.test("followVersions() looks at nothing, when nothing was installed", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, "{broken");

  equal(await follow(machine, 3), "");
});

Deno.test("followVersions() tells once of settings that it cannot edit", async () => {
  using machine = tempMachine();
  const env = { PATH: undefined };
  new Transcript(machine.claude).prompt();
  await runHere(machine, ["install", "claude-code"], { env });
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, "{broken");

  const said = await follow(machine, 3, { env });

  match(said, /^warning: Cannot edit the settings: [^\n]*\n$/);
  equal(settings(machine), "{broken");
});

Deno.test("followVersions() ends at once, when it is stopped", async () => {
  using machine = tempMachine();
  const { workspace } = open(machine, { clock: new VirtualClock() });

  await followVersions(workspace, AbortSignal.abort());
  deepEqual([...Deno.readDirSync(machine.claude)].length, 1);
});
