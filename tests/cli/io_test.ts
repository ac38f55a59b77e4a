/** Tests of the real streams and signals, by processes of their own where they are needed. */

import { deepEqual, equal, match } from "node:assert/strict";
import { systemIo } from "../../cli/io.ts";
import {
  runSource,
  sourceCall,
  startServe,
  startSource,
  tempMachine,
} from "../helpers/run_blueplane.ts";

const isUnix = Deno.build.os !== "windows";

Deno.test("systemIo() takes the width from COLUMNS, when that is a number of columns", () => {
  const width = (columns?: string) => systemIo([], () => columns).stdout.columns();
  equal(width("57"), 57);
  if (Deno.stdout.isTerminal()) return;
  for (const nonsense of ["wide", "-3", "0", "1.5", ""]) equal(width(nonsense), 80);
  equal(width(), 80);
});

Deno.test("systemIo() is quiet and succeeds, when the reader of a pipe goes away", async () => {
  using machine = tempMachine();
  const program = `
    import { systemIo } from "${new URL("../../cli/io.ts", import.meta.url)}";
    const { stdout } = systemIo([], () => undefined);
    for (let i = 0; i < 200; i++) stdout.write("x".repeat(4096));
    await Deno.stderr.write(new TextEncoder().encode("went on"));`;
  const file = `${machine.path}/writer.ts`;
  Deno.writeTextFileSync(file, program);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `--config=${new URL("../../deno.json", import.meta.url).pathname}`, file],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await child.stdout.cancel();
  const said = await new Response(child.stderr).text();
  const { code } = await child.status;
  deepEqual({ code, said }, { code: 0, said: "went on" });
});

Deno.test("systemIo() colours no pipe, and does when FORCE_COLOR says so", async () => {
  using machine = tempMachine();
  const { NO_COLOR: _, ...env } = machine.env;
  const plain = await runSource(machine, ["config", "list"], { env: { ...env, NO_COLOR: "" } });
  equal(plain.stdout.includes("\x1b"), false);
  const forced = await runSource(machine, ["config", "list"], { env: { FORCE_COLOR: "1" } });
  equal(forced.stdout.includes("\x1b[1m"), true);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test({
    name: `systemIo() tells of ${signal}, so that serve ends in order`,
    ignore: !isUnix, // Windows has neither signal to send.
    async fn() {
      using machine = tempMachine();
      await using server = (await startServe(machine, [], startSource)).server;
      const { code } = await server.stop(signal);
      deepEqual({ code, stderr: server.stderr }, { code: 0, stderr: "" });
      match(server.stdout, /^Blueplane is at /);
    },
  });
}

Deno.test("systemIo() gives up what is named, and nothing else", async () => {
  using machine = tempMachine();
  const file = `${machine.path}/rights.ts`;
  Deno.writeTextFileSync(
    file,
    `import { systemIo } from "${new URL("../../cli/io.ts", import.meta.url)}";
    const io = systemIo([], () => undefined);
    io.giveUp(["net", "ffi"]);
    const names = ["ffi", "import", "net", "run", "sys"];
    const state = (name) => Deno.permissions.querySync({ name }).state;
    console.log(names.filter((name) => state(name) === "granted").join(" "));`,
  );
  const config = `--config=${new URL("../../deno.json", import.meta.url).pathname}`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", config, file],
  })
    .output();
  equal(new TextDecoder().decode(stdout), "import run sys\n");
});

for (
  const [name, args, code] of [
    ["an answer", ["metrics", "--json"], 1],
    ["the version", ["--version"], 1],
    ["the overview", [], 1],
    ["a status line", ["statusline"], 0],
  ] as const
) {
  Deno.test({
    name: `systemIo() tells of a full disk in one line, when ${name} cannot be written`,
    ignore: Deno.build.os !== "linux", // No other system has a device that is always full.
    async fn() {
      using machine = tempMachine();
      const call = sourceCall(machine, args);
      const { code: ended, stderr } = await new Deno.Command("sh", {
        args: ["-c", 'exec "$0" "$@" </dev/null >/dev/full', Deno.execPath(), ...call.args],
        env: call.env,
        stderr: "piped",
      }).output();
      const told = code === 0 ? "" : "error: Cannot write the output: the disk is full\n";
      deepEqual([ended, new TextDecoder().decode(stderr)], [code, told]);
    },
  });
}
