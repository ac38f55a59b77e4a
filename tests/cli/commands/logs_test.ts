/** Tests of `blueplane logs`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { runCli } from "../../../cli/cli.ts";
import { systemClock } from "../../../core/clock.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { LogFile } from "../../../core/log_file.ts";
import { type Machine, tempMachine, until } from "../../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

function logOf(machine: Machine): LogFile {
  const home = homeAt(machine.home);
  makeHome(home);
  Deno.mkdirSync(home.logs);
  return new LogFile(home.log, systemClock);
}

Deno.test("runLogs() shows the last lines, as many as asked for", async () => {
  using machine = tempMachine();
  const log = logOf(machine);
  for (let number = 1; number <= 30; number++) log.write("note", `line ${number}`);
  const counts = { "3": 3, "0": 30, "99": 30 };
  for (const [count, expected] of Object.entries(counts)) {
    const { code, stdout } = await runHere(machine, ["logs", "-n", count]);
    equal(code, 0);
    equal(stdout.trimEnd().split("\n").length, expected);
    match(stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d note {4}line 30\n$/m);
  }
  const { stdout } = await runHere(machine, ["logs", "-n", "1", "--json"]);
  const { schema, lines } = JSON.parse(stdout);
  deepEqual([schema, lines.length, lines[0].level], ["blueplane.logs/1", 1, "note"]);
});

Deno.test("runLogs() is done with 3, when nothing was logged", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["logs"]);
  deepEqual([code, stdout], [3, ""]);
  match(stderr, /^error: Cannot show the log: there is none yet; blueplane start makes one\n$/);
});

Deno.test("runLogs() follows with -f until it is interrupted, also a log to come", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, ["logs", "-f", "--json"]);
  const running = runCli(io);
  const log = logOf(machine);
  log.write("note", "first");
  await until("it shows the first", () => io.stdout.text.includes("first"));
  log.write("error", "second");
  await until("it shows the second", () => io.stdout.text.includes("second"));
  io.interrupt();
  equal(await running, 0);
  const lines = io.stdout.text.trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(lines.map(({ schema, level, text }) => [schema, level, text]), [
    ["blueplane.log/1", "note", "first"],
    ["blueplane.log/1", "error", "second"],
  ]);
  equal(io.listeners(), 0);
});

Deno.test("runLogs() ends, when nobody reads any more", async () => {
  using machine = tempMachine();
  logOf(machine).write("note", "first");
  const io = recordedIo(machine, ["logs", "-f"]);
  io.stdout.isCut = true;
  equal(await runCli(io), 0);
});
