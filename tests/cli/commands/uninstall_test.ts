/** Tests of `blueplane uninstall`, run in this process. */

import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

const MINE = '{\r\n\t"model": "opus", // mine\r\n\t"hooks": {"Stop": []},\r\n}';
const env = { PATH: undefined };

function run(machine: Machine, ...args: string[]) {
  return runHere(machine, args, { env });
}

Deno.test("runUninstall() gives back the same bytes and leaves nothing behind", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, MINE);
  await run(machine, "install", "claude-code");

  const { code, stdout } = await run(machine, "uninstall", "claude-code");

  deepEqual({ code, stdout }, { code: 0, stdout: "Claude Code: our hooks are gone\n" });
  equal(Deno.readTextFileSync(`${machine.claude}/settings.json`), MINE);
  deepEqual([...Deno.readDirSync(machine.claude)].length, 2);
  equal(existsSync(`${machine.home}/installs.json`), false);
});

Deno.test("runUninstall() removes a settings file that install had to make", async () => {
  using machine = tempMachine();
  await run(machine, "install", "claude-code");

  const { stderr } = await run(machine, "uninstall", "claude-code");

  equal(stderr, `note: removed ${machine.claude}/settings.json\n`);
  equal(existsSync(`${machine.claude}/settings.json`), false);
});

Deno.test("runUninstall() shows what would be changed, and does nothing, when dry", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, MINE);
  await run(machine, "install", "claude-code");
  const installed = Deno.readTextFileSync(`${machine.claude}/settings.json`);

  const { code, stdout } = await run(machine, "uninstall", "claude-code", "--dry-run");

  equal(code, 0);
  match(stdout, /^-.*hook claude-code/m);
  equal(Deno.readTextFileSync(`${machine.claude}/settings.json`), installed);
});

Deno.test("runUninstall() tells what of ours is still there, until nothing is", async () => {
  using machine = tempMachine();
  await run(machine, "install", "claude-code", "--otel", "--statusline");

  const hooks = await run(machine, "uninstall", "claude-code");
  const status = await run(machine, "uninstall", "claude-code", "--statusline");
  const all = await run(machine, "uninstall", "claude-code", "--all");

  deepEqual([hooks, status, all].map(({ stdout }) => stdout.split("\n").slice(0, -1)), [
    [
      "Claude Code: no hooks of ours were there",
      "still there: status line, export; --all takes out all of it",
    ],
    [
      "Claude Code: our status line is gone",
      "still there: export; --all takes out all of it",
    ],
    ["Claude Code: our entries are gone"],
  ]);
});

Deno.test("runUninstall() has nothing to do, when nothing was installed", async () => {
  using machine = tempMachine();

  const { code, stdout } = await run(machine, "uninstall", "claude-code");

  deepEqual({ code, stdout }, {
    code: 0,
    stdout: "Claude Code: no hooks of ours were there\n",
  });
});

Deno.test("runUninstall() tells scripts in JSON what it did", async () => {
  using machine = tempMachine();
  await run(machine, "install", "claude-code");

  const { stdout } = await run(machine, "uninstall", "claude-code", "--json");

  deepEqual(JSON.parse(stdout), {
    schema: "blueplane.uninstall/1",
    platform: "claude_code",
    dry_run: false,
    files_changed: 1,
  });
});

Deno.test("runUninstall() gives back the same bytes, whatever came in when", async () => {
  const kinds = ["--hooks", "--statusline", "--otel"];
  const orders = kinds.flatMap((a) =>
    kinds.filter((b) => b !== a).map((b) => [a, b, kinds.find((c) => c !== a && c !== b)!])
  );
  for (const order of orders) {
    for (const [before, gone] of [[MINE, "--all"], [undefined, "--all"], [MINE, order[1]!]]) {
      using machine = tempMachine();
      const path = `${machine.claude}/settings.json`;
      if (before !== undefined) Deno.writeTextFileSync(path, before);
      for (const kind of order) await run(machine, "install", "claude-code", kind);

      await run(machine, "uninstall", "claude-code", gone!);
      if (gone !== "--all") await run(machine, "uninstall", "claude-code", "--all");

      const left = existsSync(path) ? Deno.readTextFileSync(path) : undefined;
      equal(left, before, `${order}, then ${gone}`);
    }
  }
});
