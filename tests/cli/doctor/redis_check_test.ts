/** Tests of what doctor says of Redis. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { checkRedis } from "../../../cli/doctor/redis_check.ts";
import { redisSettings } from "../../../cli/redis_settings.ts";
import { openWorkspace, type Workspace } from "../../../cli/workspace.ts";
import { RedisConnection } from "../../../pipeline/redis_connection.ts";
import { RedisServer } from "../../helpers/redis_server.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { recordedIo } from "../recorded_io.ts";

function workspaceOf(machine: Machine, url?: string): Workspace {
  const env = url === undefined ? {} : { BLUEPLANE_REDIS_URL: url };
  return openWorkspace(recordedIo(machine, [], { env }), { color: false, sync: true });
}

async function check(url?: string) {
  using machine = tempMachine();
  return await checkRedis(workspaceOf(machine, url));
}

Deno.test("checkRedis() says nothing, while Redis is off", async () => {
  deepEqual(await check(), []);
});

Deno.test("checkRedis() says that it answers, and whether it keeps what waits", async () => {
  for (const appendonly of ["yes", "no"]) {
    await using server = await RedisServer.start({ args: ["--appendonly", appendonly] });

    const [found, kept, pending] = await check(server.url);

    equal(found?.severity, "ok");
    deepEqual([pending?.id, pending?.severity], ["redis.pending", "ok"]);
    match(found!.title, /^Redis answers \(\d+\.\d+\), 0 events waiting$/);
    equal(kept?.severity, appendonly === "yes" ? "ok" : "note");
  }
});

Deno.test("checkRedis() warns of what a consumer took and left lying", async () => {
  await using server = await RedisServer.start();
  using machine = tempMachine();
  const workspace = workspaceOf(machine, server.url);
  await using connection = new RedisConnection(redisSettings(workspace)!);
  const key = connection.key("telemetry:events");
  await server.command("XGROUP", "CREATE", key, "processors", "0", "MKSTREAM");
  for (const id of ["1-1", "2-1"]) await server.command("XADD", key, id, "a", "b");
  const take = ["XREADGROUP", "GROUP", "processors", "gone", "COUNT", 2, "STREAMS", key, ">"];
  await server.command(take[0] as string, ...take.slice(1));

  equal((await checkRedis(workspace))[2]?.numbers?.entries_left, 0);
  await server.command("XCLAIM", key, "processors", "gone", 0, "2-1", "IDLE", 3_600_000);
  const [, , pending] = await checkRedis(workspace);

  equal(pending?.severity, "warning");
  equal(pending?.numbers?.entries_left, 1);
  ok(pending?.remedy);
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
