/** Tests of how a server sees that its database is gone. */

import { deepEqual } from "node:assert/strict";
import { followHome } from "../../cli/follow_home.ts";
import { homeAt } from "../../core/home.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

/** @returns after how many looks it was said, if it was, while `work` is done after each. */
async function follow(work: readonly ((path: string) => unknown)[]) {
  using machine = tempMachine();
  const home = homeAt(machine.home), stop = new AbortController();
  Deno.mkdirSync(home.path, { recursive: true });
  Deno.writeTextFileSync(home.database, "one");
  let looks = 0;
  const sleep = () => {
    const act = work[looks++];
    if (act) act(home.database);
    else stop.abort();
    return Promise.resolve();
  };
  const io = recordedIo(machine, [], { clock: { now: () => 0, sleep } });
  const gone: number[] = [];
  await followHome({ home, io }, stop.signal, () => gone.push(looks));
  return gone;
}

Deno.test("followHome() says once that the file is gone, or is another one", async () => {
  const replace = (path: string) => {
    Deno.writeTextFileSync(`${path}.new`, "two");
    Deno.renameSync(`${path}.new`, path);
  };
  const nothing = () => {};

  deepEqual(await follow([(path) => Deno.removeSync(path), nothing, nothing]), [1]);
  deepEqual(await follow([nothing, replace, nothing, nothing]), [2]);
  deepEqual(
    await follow([
      (path) => Deno.removeSync(path.slice(0, path.lastIndexOf("/")), { recursive: true }),
    ]),
    [1],
  );
});

Deno.test("followHome() has nothing to say, while the file is written or grows", async () => {
  const write = (path: string) => Deno.writeTextFileSync(path, "two", { append: true });
  deepEqual(await follow([write, write]), []);
});
