/** Tests of what the binary may still do, by trying what must fail. */

import { deepEqual, equal } from "node:assert/strict";
import { RIGHTS } from "../../cli/rights.ts";
import { compileFlags } from "../../tools/compile_binary.ts";
import { type Machine, Running, tempMachine } from "../helpers/run_blueplane.ts";

const probe = decodeURIComponent(new URL("./rights_probe.ts", import.meta.url).pathname);

/** Compiles the program that tries, with the flags of the real one. */
async function compileProbe(output: string): Promise<void> {
  const compiler = Deno.env.get("DENO_COMPILE") || Deno.execPath();
  const { code, stderr } = await new Deno.Command(compiler, {
    args: ["compile", ...compileFlags, "--output", output, probe],
    stdout: "null",
    stderr: "piped",
  }).output();
  equal(code, 0, new TextDecoder().decode(stderr));
}

/** What it could do after it gave rights up, and whether its own address still answered. */
async function tryAll(machine: Machine, rights: readonly string[], foreignUrl: string) {
  const args = [machine.path, foreignUrl, ...rights];
  const env = { ...machine.env, PATH: Deno.env.get("PATH") ?? "" };
  await using probe = new Running(`${machine.path}/probe`, args, { env });
  await probe.until("it tells", () => probe.stdout.includes("\n"));
  const { port, outcomes } = JSON.parse(probe.stdout);
  const answer = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  equal(answer, "answered");
  return outcomes as Record<string, string>;
}

function denied(outcomes: Record<string, string>): string[] {
  return Object.keys(outcomes).filter((name) => outcomes[name] === "denied");
}

const NET = ["fetch", "connection", "node's connection", "listening", "name service"];
const LIBRARY = ["library", "extension"], PROGRAM = ["program", "node's program", "signal"];

// Goal: what is given up is gone, whatever way is tried. Method: a program that is compiled with
// the same flags gives up what blueplane does, by the same code, then tries.
Deno.test({
  name: "blueplane hook and reports give rights up that nothing gets back",
  ignore: Deno.build.os !== "linux", // It tries by names of files that only Linux has.
  async fn() {
    using machine = tempMachine();
    await compileProbe(`${machine.path}/probe`);
    await using foreign = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response("reached"),
    );
    const url = `http://127.0.0.1:${foreign.addr.port}/`;

    const all = await tryAll(machine, [], url);
    const report = await tryAll(machine, RIGHTS, url);

    const { thread: _, rights, ...tries } = all;
    deepEqual(Object.entries(tries).filter(([, outcome]) => outcome !== "done"), []);
    equal(rights, "ffi import net run sys");
    deepEqual(denied(report), [...LIBRARY, ...PROGRAM, "host name", ...NET, "thread"]);
    // A file can be written anew by a connection that was opened before, and files read on.
    for (const name of ["writing anew", "file", "variable"]) equal(report[name], "done");
  },
});
