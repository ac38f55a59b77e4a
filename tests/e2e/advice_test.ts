/** Tests of advice with the binary: shared sessions that a person has compared by eye. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runBinary, startServe, tempMachine } from "../helpers/run_blueplane.ts";

const corpus = decodeURIComponent(
  new URL("../../../shared/corpus/claude/entire-cli", import.meta.url).pathname,
);
/** As counted in the transcripts by hand. */
const EDIT_ERRORS = ["file_not_read 2", "text_ambiguous 2", "text_not_found 2"];
/** It is long, and about Go with much of Git; so is the second. */
const ID = "839b35f7", LIKE = "a032db5a";

Deno.test("blueplane similar, errors and predict tell of real sessions", async () => {
  using machine = tempMachine();
  for (const { name, isDirectory } of Deno.readDirSync(corpus)) {
    if (!isDirectory) continue;
    Deno.mkdirSync(`${machine.claude}/projects/${name}`);
    for (const file of Deno.readDirSync(`${corpus}/${name}`)) {
      if (!file.isFile) continue;
      const path = `${name}/${file.name}`;
      Deno.copyFileSync(`${corpus}/${path}`, `${machine.claude}/projects/${path}`);
    }
  }
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runBinary(machine, args);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    return stdout;
  };

  const similar = JSON.parse(await run("similar", ID, "--json"));
  const [first] = similar.sessions;
  deepEqual([similar.status, first.session_id.slice(0, 8)], ["ok", LIKE]);
  ok(first.similarity > 0.8);
  deepEqual(
    first.alike.find(({ part }: { part: string }) => part === "extensions").most[0],
    "go",
  );
  const task = JSON.parse(await run("similar", "--task", "fix the test in a_test.go", "--json"));
  deepEqual(task.common.extensions[0].value, "go");
  const errors = JSON.parse(await run("errors", "-p", "all", "--tool", "Edit", "--json"));
  deepEqual(
    errors.patterns.map(({ error, count }: { error: string; count: number }) =>
      `${error} ${count}`
    ),
    EDIT_ERRORS,
  );
  match(
    await run("predict"),
    /^Too little to foretell from: \d edits that were not accepted \(10 are needed\)/m,
  );

  const { server, url } = await startServe(machine);
  await using _server = server;
  const get = async (path: string) => await (await fetch(`${url}/api/v1/${path}`)).json();
  const served = await get(`sessions/${similar.like.session_id}/similar`);
  deepEqual(served.sessions, similar.sessions);
  deepEqual((await get("analysis/errors?period=all&tool=Edit")).patterns, errors.patterns);
  equal((await get("analysis/prediction")).status, "insufficient_data");
});
