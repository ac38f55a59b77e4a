/** Tests of `cli/run.ts`: which calls are those of an assistant. */

import { deepEqual, equal, match } from "node:assert/strict";
import { RIGHTS } from "../../cli/rights.ts";
import { assistantCall, run } from "../../cli/run.ts";
import { VERSION } from "../../cli/version.ts";
import { loadedBy } from "../helpers/loaded_by.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

for (
  const [args, platform, home] of [
    ["hook claude-code", "claude-code", undefined],
    ["--home /data hook claude-code", "claude-code", "/data"],
    ["hook claude-code --home=/data", "claude-code", "/data"],
    ["--home hook hook claude-code", "claude-code", "hook"],
    ["hook", "", undefined],
    ["--wrong hook claude-code more", "claude-code", undefined],
    ["hook claude-code --home", "claude-code", undefined],
    ["statusline", "", undefined],
    ["--home /data statusline --wrong", "", "/data"],
  ] as const
) {
  Deno.test(`assistantCall() knows the call ${args}`, () => {
    const command = args.includes("statusline") ? "statusline" : "hook";
    deepEqual(assistantCall(args.split(" ")), { command, platform, home });
  });
}

for (const args of ["", "sync", "--home hook sync", "hook --help", "-h hook", "sessions hook"]) {
  Deno.test(`assistantCall() leaves '${args}' to the command table`, () => {
    equal(assistantCall(args.split(" ").filter(Boolean)), undefined);
  });
}

Deno.test("run() tells the version before the table is loaded, in the same words", async () => {
  using machine = tempMachine();
  const alone = await runHere(machine, ["--version"]);

  deepEqual(alone, { code: 0, stdout: `${VERSION}\n`, stderr: "" });
  deepEqual(await runHere(machine, ["--no-color", "--version"]), alone);
  const loaded = loadedBy(new URL("../../main.ts", import.meta.url).href);
  deepEqual(loaded.filter((name) => /^npm:|cli\/cli\.ts/.test(name)), []);
});

Deno.test("run() runs every other command by the table", async () => {
  using machine = tempMachine();

  match((await runHere(machine, ["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  match((await runHere(machine, ["hook", "--help"])).stdout, /^Usage: blueplane hook/);
});

for (const args of [["hook", "claude-code"], ["statusline"]]) {
  Deno.test(`run() gives all rights up for ${args.join(" ")}`, async () => {
    using machine = tempMachine();
    const io = recordedIo(machine, args);

    equal(await run(io), 0);

    deepEqual(io.givenUp, RIGHTS);
  });
}
