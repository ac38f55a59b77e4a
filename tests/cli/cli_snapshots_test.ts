/**
 * Tests of what every command prints, at every width: kept in `tests/fixtures/snapshots`, to be
 * looked at when they change. `deno task snapshots` writes them anew.
 */

import { equal, ok } from "node:assert/strict";
import { buildProgram } from "../../cli/cli.ts";
import { visibleWidth } from "../../cli/table.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "./recorded_io.ts";
import {
  runAt,
  SNAPSHOT_CALLS,
  SNAPSHOT_EMPTY,
  SNAPSHOT_FORMATS,
  SNAPSHOT_WIDTHS,
  snapshotMachine,
} from "./snapshot_stage.ts";

const FOLDER = new URL("../fixtures/snapshots/", import.meta.url);
/** What no layout can make narrower: words of JSON, of commands and of settings. */
const MAY_BE_WIDE = /^ {10}|^next |^event |^wrong |^Usage: |^ {2}blueplane |^ {2}-/;

function check(name: string, text: string): void {
  const file = new URL(`${name}.txt`, FOLDER);
  if (Deno.env.get("SNAPSHOTS") === "renew") {
    Deno.mkdirSync(FOLDER, { recursive: true });
    Deno.writeTextFileSync(file, text);
  }
  equal(text, Deno.readTextFileSync(file), `${name}: look at it, then deno task snapshots`);
}

Deno.test("runCli() prints every report as it was looked at, at 60, 80 and 160", async (t) => {
  using machine = await snapshotMachine();
  for (const [name, calls] of Object.entries(SNAPSHOT_CALLS)) {
    await t.step(name, async () => {
      let all = "";
      for (const width of SNAPSHOT_WIDTHS) {
        for (const call of calls) {
          const text = await runAt(machine, call, width);
          for (const line of text.split("\n")) {
            equal(line, line.trimEnd(), `${call} at ${width}`);
            const isTooWide = visibleWidth(line) > width && !MAY_BE_WIDE.test(line);
            equal(isTooWide, false, `${call} at ${width}: ${line}`);
          }
          all += `$ blueplane ${call}  # ${width} columns\n${text}\n`;
        }
      }
      check(name, all);
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
    check("formats", all.replaceAll("\r\n", "\n"));
  });
});

Deno.test("runCli() says what is to be said where there is nothing", async () => {
  using machine = tempMachine();
  let all = "";
  for (const call of SNAPSHOT_EMPTY) {
    all += `$ blueplane ${call}\n${await runAt(machine, call, 80)}\n`;
  }
  check("empty", all);
});

Deno.test("runCli() prints the help of every command as it was looked at", async () => {
  using machine = tempMachine();
  const { commands } = buildProgram(recordedIo(machine, []), () => {});
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
  check("help", all);
});
