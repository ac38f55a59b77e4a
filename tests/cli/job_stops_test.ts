/** Tests of stopping as a job of a shell, in processes of their own. */

import { deepEqual } from "node:assert/strict";
import { JobStops } from "../../cli/job_stops.ts";
import { tempMachine, until } from "../helpers/run_blueplane.ts";

const MODULE = new URL("../../cli/job_stops.ts", import.meta.url);
const CONFIG = `--config=${new URL("../../deno.json", import.meta.url).pathname}`;

/** Says how the terminal is held, until a line is typed. */
const PROGRAM = `
  import { JobStops } from "${MODULE}";
  const stops = new JobStops();
  const say = (word) => Deno.writeTextFileSync("said", word + "\\n", { append: true });
  const hold = (name) =>
    stops.add({ leave: () => say(name + " left"), take: () => say(name + " taken") });
  using keys = hold("keys");
  using screen = hold("screen");
  // Told after those above.
  Deno.addSignalListener("SIGTSTP", () => say("asked to stop"));
  say(String(Deno.pid));
  await Deno.stdin.read(new Uint8Array(1));
  say("ended");`;

/** Runs it in a session of its own; what it says stands in a file. */
function start(folder: string, shell: string) {
  Deno.writeTextFileSync(`${folder}/program.ts`, PROGRAM);
  Deno.writeTextFileSync(`${folder}/said`, "");
  const run = `'${Deno.execPath()}' run -A '${CONFIG}' program.ts`;
  const child = new Deno.Command("setsid", {
    args: ["--wait", "bash", "-c", shell.replace("RUN", run)],
    cwd: folder,
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const said = () => Deno.readTextFileSync(`${folder}/said`).split("\n").slice(0, -1);
  return { child, said, pid: () => Number(said()[0]) };
}

function isStopped(pid: number): boolean {
  return /\) T /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
}

Deno.test({
  name: "JobStops.add() has the terminal left before a stop, and taken after any",
  // What a process does can be seen there.
  ignore: Deno.build.os !== "linux",
  async fn() {
    using machine = tempMachine();
    // Jobs of a shell have groups of their own, as long as it is there.
    const { child, said, pid } = start(machine.path, "set -m; RUN; cat");
    await until("it runs", () => said().length === 1);

    Deno.kill(pid(), "SIGTSTP");
    await until("it stops", () => isStopped(pid()));
    deepEqual(said().slice(1), ["screen left", "keys left"]);
    Deno.kill(pid(), "SIGCONT");
    await until("it goes on", () => said().length === 6);
    deepEqual(said().slice(3).toSorted(), ["asked to stop", "keys taken", "screen taken"]);

    Deno.kill(pid(), "SIGSTOP");
    await until("it is stopped", () => isStopped(pid()));
    Deno.kill(pid(), "SIGCONT");
    await until("it goes on again", () => said().length === 8);
    deepEqual(said().slice(6), ["keys taken", "screen taken"]);
    await child.stdin.close();
    await child.status;
  },
});

Deno.test({
  name: "JobStops.add() lets nothing stop, when no shell could let it go on",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using machine = tempMachine();
    const { child, said, pid } = start(machine.path, "exec RUN");
    await until("it runs", () => said().length === 1);

    Deno.kill(pid(), "SIGTSTP");
    // A stop that comes once nobody listens is Deno's, which asks for no shell.
    await until("it goes on", () => said().length === 2);
    await child.stdin.close();

    await until("it ends", () => said().at(-1) === "ended");
    deepEqual(said().slice(1), ["asked to stop", "ended"]);
    await child.status;
  },
});

Deno.test({
  name: "JobStops.add() listens no more, once all are disposed",
  ignore: Deno.build.os === "windows",
  async fn() {
    const stops = new JobStops();
    const taken: string[] = [];
    const hold = (name: string) => stops.add({ leave() {}, take: () => taken.push(name) });
    {
      using _first = hold("first");
      using _second = hold("second");
      Deno.kill(Deno.pid, "SIGCONT");
      await until("both are told", () => taken.length === 2);
    }
    // A listener that is left would fail the test.
    deepEqual(taken, ["first", "second"]);
  },
});
