/** Tests of how a server takes up the user's own prices. */

import { deepEqual, equal } from "node:assert/strict";
import { followPrices } from "../../cli/follow_prices.ts";
import { Trouble } from "../../cli/trouble.ts";
import { openWorkspace } from "../../cli/workspace.ts";
import { writePrivateFile } from "../../core/home.ts";
import type { PipelinePort } from "../../pipeline/pipeline.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const ONE = '{"house-gpt": {"input": 2, "output": 10, "cache_read": 1}}';

/** What is given to the pipeline while `work` is done after each look, and what is said. */
async function follow(
  work: readonly ((path: string) => unknown)[],
  fails: readonly number[] = [],
) {
  using machine = tempMachine();
  const stop = new AbortController();
  let looks = 0;
  const sleep = () => {
    const act = work[looks++];
    if (act) act(`${machine.home}/prices.json`);
    else stop.abort();
    return Promise.resolve();
  };
  const io = recordedIo(machine, [], { clock: { now: () => 0, sleep } });
  const workspace = openWorkspace(io, { color: false, sync: true });
  const given: unknown[] = [];
  const command = (_: string, argument: unknown) => {
    given.push(argument);
    return fails.includes(given.length)
      ? Promise.reject(new Error("Cannot take it: no"))
      : Promise.resolve();
  };
  const pipeline = { command } as unknown as Pick<PipelinePort, "command">;
  const trouble = new Trouble(io, stop.signal);
  await followPrices(workspace, { pipeline, trouble }, stop.signal);
  return { given, stderr: io.stderr.text };
}

Deno.test("followPrices() gives what the file says, once, and that it is gone", async () => {
  const { given, stderr } = await follow([
    (path) => writePrivateFile(path, ONE),
    () => {},
    (path) => Deno.removeSync(path),
    () => {},
  ]);
  deepEqual(given, [undefined, ONE, undefined]);
  equal(stderr, "");
});

Deno.test("followPrices() tells once of a file that cannot be, and keeps the prices", async () => {
  const { given, stderr } = await follow([
    (path) => writePrivateFile(path, ONE),
    (path) => writePrivateFile(path, "{half"),
    () => {},
    (path) => writePrivateFile(path, `${ONE}\n`),
  ]);
  deepEqual(given, [undefined, ONE, `${ONE}\n`]);
  equal(
    stderr,
    "warning: Cannot read prices.json: invalid symbol in line 1\n" +
      "note: taking up prices goes on\n",
  );
});

Deno.test("followPrices() gives them again, when they could not be taken", async () => {
  const { given } = await follow([() => {}, () => {}], [1]);
  deepEqual(given, [undefined, undefined]);
});
