/**
 * Tests of what every command prints, at every width: kept in `tests/fixtures/snapshots`, to be
 * looked at when they change. `deno task snapshots` writes them anew.
 */

import { ok } from "node:assert/strict";
import { buildProgram } from "../../cli/cli.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "./recorded_io.ts";
import { checkLines, checkSnapshot } from "./snapshots.ts";
import {
  runAt,
  SNAPSHOT_CALLS,
  SNAPSHOT_EMPTY,
  SNAPSHOT_FORMATS,
  SNAPSHOT_WIDTHS,
  snapshotMachine,
} from "./snapshot_stage.ts";

Deno.test("runCli() prints every report as it was looked at, at 60, 80 and 160", async (t) => {
  using machine = await snapshotMachine();
  for (const [name, calls] of Object.entries(SNAPSHOT_CALLS)) {
    await t.step(name, async () => {
      let all = "";
      for (const width of SNAPSHOT_WIDTHS) {
        for (const call of calls) {
          const text = await runAt(machine, call, width);
          checkLines(call, text, width);
          all += `$ blueplane ${call}  # ${width} columns\n${text}\n`;
        }
      }
      checkSnapshot(name, all);
    });
    await t.step(`${name} on a terminal of 20 columns`, async () => {
      const text = await runAt(machine, calls[0]!, 20);
      ok(text.length > 20 && !text.includes("error:"), text);
    });
  }
  await t.step("formats for other programs", async () => {
    let all = "";
    for (const call of SNAPSHOT_FORMATS) {
      all += `$ blueplane ${call}\n${await runAt(machine, call, 20)}\n`;
    }
    checkSnapshot("formats", all.replaceAll("\r\n", "\n"));
  });
});

Deno.test("runCli() says what is to be said where there is nothing", async () => {
  using machine = tempMachine();
  let all = "";
  for (const call of SNAPSHOT_EMPTY) {
    all += `$ blueplane ${call}\n${await runAt(machine, call, 80)}\n`;
  }
  checkSnapshot("empty", all);
});

Deno.test("runCli() prints the help of every command as it was looked at", async () => {
  using machine = tempMachine();
  const { commands } = await buildProgram(recordedIo(machine, []), () => {});
  const words = commands.flatMap((command) => [
    command.name(),
    ...command.commands.map((below) => `${command.name()} ${below.name()}`),
  ]);
  let all = "";
  for (const call of ["", ...words]) {
    const args = [...call.split(" ").filter(Boolean), "--help"];
    const { stdout } = await runHere(machine, args, { columns: 80 });
    for (const line of stdout.split("\n")) {
      ok(line.length <= 80, `${call}: ${line}`);
    }
    all += `$ blueplane ${args.join(" ")}\n${stdout}\n`;
  }
  checkSnapshot("help", all);
});
