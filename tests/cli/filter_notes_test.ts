/** Tests of `cli/filter_notes.ts`: what is said of a filter beside the answer. */

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { type Machine, startServe, startSource, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { runHere } from "./recorded_io.ts";

async function noteOf(machine: Machine, ...args: string[]): Promise<string> {
  const { code, stderr } = await runHere(machine, args);
  equal(code, 0);
  return stderr;
}

/** Two projects of one name, and one of another. */
function write({ claude }: Machine): void {
  new Transcript(claude, { session: 1, cwd: "/home/ada/engine" }).prompt().response();
  new Transcript(claude, { session: 2, cwd: "/home/bob/engine" }).prompt();
  new Transcript(claude, { session: 3, cwd: "/home/ada/loom" }).prompt()
    .response({ tool: "Bash" }).result();
}

Deno.test("noteFilters() says that several projects are meant, and how to name one", async () => {
  using machine = tempMachine();
  write(machine);

  const said = await noteOf(machine, "sessions", "--project", "engine");

  match(said, /^note: 2 projects are called engine; name one as 'engine \([0-9a-f]{4}\)'\n$/);
  const name = /'(.*)'/.exec(said)![1]!;
  const { stdout, stderr } = await runHere(machine, ["sessions", "--json", "--project", name]);
  deepEqual([JSON.parse(stdout).total, stderr], [1, ""]);
  for (const flag of ["--quiet", "--json"]) {
    equal(await noteOf(machine, "sessions", "--project", "engine", flag), "");
  }
});

Deno.test("noteFilters() names what comes nearest, when nothing is called so", async () => {
  using machine = tempMachine();
  write(machine);

  equal(
    await noteOf(machine, "sessions", "--project", "lom"),
    "note: no project is called lom; the nearest is loom\n",
  );
  equal(
    await noteOf(machine, "metrics", "--model", "opus"),
    "note: no model is called opus; the nearest is claude-opus-4-6\n",
  );
  equal(
    await noteOf(machine, "sessions", "--project", "nowhere"),
    "note: no project is called nowhere; blueplane metrics -p all --group-by project shows all\n",
  );
  equal(await noteOf(machine, "sessions", "--project", "loom"), "");
  equal(await noteOf(machine, "sessions", "--model", "claude-opus-4-6"), "");
});

Deno.test("noteFilters() obeys no control character of a name or a word", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { cwd: "/home/ada/engine\x1b[2J" }).prompt();

  const said = await noteOf(machine, "sessions", "--project", "engin\x1b[2J");

  match(said, /^note: no project is called engin.*; the nearest is engine/);
  // deno-lint-ignore no-control-regex
  doesNotMatch(said, /\x1b/);
});

Deno.test("noteFilters() says nothing, when nothing was seen at all", async () => {
  using machine = tempMachine();

  equal(await noteOf(machine, "sessions", "--project", "loom", "--model", "opus"), "");
});

Deno.test("noteUnseen() names the tool that comes nearest", async () => {
  using machine = tempMachine();
  write(machine);

  equal(
    await noteOf(machine, "errors", "--tool", "Bsh"),
    "note: no tool is called Bsh; the nearest is Bash\n",
  );
  equal(await noteOf(machine, "errors", "--tool", "Bash"), "");
});

Deno.test("noteFilters() says the same, when a server runs", async () => {
  using machine = tempMachine();
  write(machine);
  await runHere(machine, ["sync"]);
  await using _server = (await startServe(machine, [], startSource)).server;

  for (const command of ["sessions", "metrics", "errors", "insights", "acceptance"]) {
    match(await noteOf(machine, command, "--model", "opus"), /^note: no model is called opus/);
  }
  match(await noteOf(machine, "errors", "--tool", "Bsh"), /^note: no tool is called Bsh/);
});
