/** Tests that the rights that README names are enough for all that is done in Redis. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { RedisServer } from "../helpers/redis_server.ts";
import { runBinary, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const MACHINES = Deno.readTextFileSync(new URL("../../docs/machines.md", import.meta.url));

Deno.test("blueplane works in a Redis with no more rights than README names", async () => {
  const line = /^user blueplane on .*$/m.exec(MACHINES)?.[0];
  ok(line);
  // The helper's own look whether it is up.
  const files = { "users.acl": `${line} +ping\nuser default off\n` };
  await using redis = await RedisServer.start({
    files,
    login: "blueplane:PASSWORD",
    args: ["--aclfile", "users.acl"],
  });
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response();
  const env = { ...machine.env, BLUEPLANE_REDIS_URL: redis.url };

  deepEqual((await runBinary(machine, ["sync", "--quiet"], { env })).stderr, "");
  const picture = await runBinary(machine, ["rebuild", "--live"], { env });
  deepEqual({ code: picture.code, stderr: picture.stderr }, { code: 0, stderr: "" });
  const status = JSON.parse((await runBinary(machine, ["status", "--json"], { env })).stdout);
  deepEqual([status.broker, status.queue.events], ["redis", 0]);

  const withRedis = { ...machine, env };
  const { server, url } = await startServe(withRedis);
  await using _server = server;
  transcript.prompt();
  await until("the new line is read", async () => {
    const response = await fetch(`${url}/api/v1/metrics?period=all`);
    return (await response.json()).totals.user_prompts === 2;
  });
  const invited = await runBinary(machine, ["worker", "--invite"], { env });
  equal(invited.code, 0);
  match(invited.stdout, /^blueplane-invite-1-/);
  equal(server.stderr, "");
});
