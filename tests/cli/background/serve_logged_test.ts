/** Tests of what is said in the background: all of it in the log, and nothing private. */

import { deepEqual, doesNotMatch, equal, match, rejects } from "node:assert/strict";
import { readLastRun, takeRunLock } from "../../../cli/background/run_record.ts";
import { runLogged } from "../../../cli/background/serve_logged.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { readLog } from "../../../core/log_file.ts";
import { type Machine, tempMachine, until } from "../../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

const GLOBALS = { color: false, sync: true };

function logOf(machine: Machine): string[] {
  return readLog(homeAt(machine.home).log).map(({ level, text }) => `${level} ${text}`);
}

Deno.test("runLogged() writes all in the log, and nothing to the terminal", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  const code = await runLogged(io, GLOBALS, (logged) => {
    logged.stdout.write("Blueplane is at http://127.0.0.1:7531 (Ctrl+C stops it)\n");
    logged.stderr.write("warning: Cannot read a file (/home/ada/secret.jsonl)\n");
    logged.stderr.write("note: reading goes on\n\n");
    io.interrupt("SIGTERM");
    return Promise.resolve(0);
  });
  deepEqual([code, io.stdout.text, io.stderr.text], [0, "", ""]);
  match(logOf(machine)[0]!, new RegExp(`^start blueplane \\d+\\.\\d+\\.\\d+, pid ${Deno.pid}$`));
  deepEqual(logOf(machine).slice(1), [
    "note Blueplane is at http://127.0.0.1:7531",
    "warning Cannot read a file",
    "note reading goes on",
    "note asked to stop by SIGTERM",
    "end exit code 0",
  ]);
  equal(io.listeners(), 0);
  equal(readLastRun(homeAt(machine.home))!.exit_code, 0);
});

Deno.test("runLogged() logs what ended it, and only its kind if not our own", async () => {
  using machine = tempMachine();
  const fails = (error: Error) =>
    rejects(runLogged(recordedIo(machine, []), GLOBALS, () => Promise.reject(error)), error);
  await fails(new Error("Cannot listen on 127.0.0.1:1: permission denied"));
  equal(readLastRun(homeAt(machine.home))!.exit_code, 1);
  await fails(new Deno.errors.NotFound("ada secret: open"));
  const errors = logOf(machine).filter((line) => line.startsWith("error"));
  deepEqual(errors, [
    "error Cannot listen on 127.0.0.1:1: permission denied",
    "error Cannot go on: NotFound",
  ]);
});

Deno.test("runLogged() refuses to be the second, and leaves the record alone", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  using _lock = takeRunLock(home);
  const second = runLogged(recordedIo(machine, []), GLOBALS, () => Promise.resolve(0));
  await rejects(second, /^Error: Cannot serve in the background: another server does already/);
  equal(readLastRun(home), undefined);
});

Deno.test("runLogged() waits for whoever only asks whether one runs", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  const asking = takeRunLock(home);
  const running = runLogged(recordedIo(machine, []), GLOBALS, () => Promise.resolve(0));
  asking![Symbol.dispose]();
  equal(await running, 0);
});

Deno.test("runServeLogged() serves with --log, and names no folder of the user's", async () => {
  using machine = tempMachine();
  const missing = `${machine.path}/private folder`;
  const io = recordedIo(machine, ["serve", "--log", "--port", "0"], {
    env: { CLAUDE_CONFIG_DIR: missing },
  });
  const { run } = await import("../../../cli/run.ts");
  const running = run(io);
  await until("it serves", () => logOf(machine).some((line) => line.includes("Blueplane is at")));
  io.interrupt();
  deepEqual([await running, io.stdout.text, io.stderr.text], [0, "", ""]);
  doesNotMatch(Deno.readTextFileSync(homeAt(machine.home).log), /private|blueplane_test/);
  match(logOf(machine).join("\n"), /^warning Cannot find the folder of Claude Code$/m);
});

Deno.test("runServeLogged() tells a person at a terminal where it says what", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, ["serve", "--log", "--port", "0"], { isTerminal: true });
  const { run } = await import("../../../cli/run.ts");
  const running = run(io);
  await until("it serves", () => logOf(machine).some((line) => line.includes("Blueplane is at")));
  io.interrupt();
  equal(await running, 0);
  equal(
    io.stdout.text,
    "It writes to the log: blueplane logs -f (Ctrl+C stops it)\n",
  );
});

Deno.test("runServeLogged() says what it says in the terminal, without --log", async () => {
  using machine = tempMachine();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const { code, stderr } = await runHere(machine, ["serve", "--port", String(port)]);
  deepEqual([code, logOf(machine)], [1, []]);
  match(stderr, /the port is in use/);
});
