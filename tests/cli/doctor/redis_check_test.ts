/** Tests of what doctor says of Redis. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { checkRedis } from "../../../cli/doctor/redis_check.ts";
import { openWorkspace } from "../../../cli/workspace.ts";
import { RedisServer } from "../../helpers/redis_server.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { recordedIo } from "../recorded_io.ts";

async function check(url?: string) {
  using machine = tempMachine();
  const env = url === undefined ? {} : { BLUEPLANE_REDIS_URL: url };
  const io = recordedIo(machine, [], { env });
  return await checkRedis(openWorkspace(io, { color: false, sync: true }));
}

Deno.test("checkRedis() says nothing, while Redis is off", async () => {
  deepEqual(await check(), []);
});

Deno.test("checkRedis() says that it answers, and whether it keeps what waits", async () => {
  for (const appendonly of ["yes", "no"]) {
    await using server = await RedisServer.start({ args: ["--appendonly", appendonly] });

    const [found, kept] = await check(server.url);

    equal(found?.severity, "ok");
    match(found!.title, /^Redis answers \(\d+\.\d+\), 0 events waiting$/);
    equal(kept?.severity, appendonly === "yes" ? "ok" : "note");
  }
});

Deno.test("checkRedis() says what is wrong without its address, when it is away", async () => {
  await using server = await RedisServer.start();
  const { url } = server;
  await server.stop();

  const [found] = await check(url);

  equal(found?.severity, "error");
  ok(!JSON.stringify(found).includes("127.0.0.1"));
  ok(found?.remedy);
});
