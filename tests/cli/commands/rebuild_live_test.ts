/** Tests of `blueplane rebuild --live`, and of `sync` with Redis on. */

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { redisSettings } from "../../../cli/redis_settings.ts";
import { openWorkspace } from "../../../cli/workspace.ts";
import { LiveReader } from "../../../pipeline/live_reader.ts";
import { RedisConnection } from "../../../pipeline/redis_connection.ts";
import { sharedRedis } from "../../helpers/redis_server.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

const redis = sharedRedis();

async function run(machine: Machine, ...args: string[]) {
  return await runHere(machine, args, { env: { BLUEPLANE_REDIS_URL: redis.server.url } });
}

async function picture(machine: Machine) {
  const env = { BLUEPLANE_REDIS_URL: redis.server.url };
  const workspace = openWorkspace(recordedIo(machine, [], { env }), { color: false, sync: true });
  await using connection = new RedisConnection(redisSettings(workspace)!);
  await using reader = new LiveReader(connection);
  return await reader.read();
}

Deno.test("runRebuild() with --live writes the picture anew, and says so", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response();
  await run(machine, "sync");
  equal((await picture(machine))?.periods["1h"]?.numbers.user_prompts, 1);
  await redis.server.flush();

  const { code, stdout, stderr } = await run(machine, "rebuild", "--live");

  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^The live picture is written anew: \d+ keys\n$/);
  equal((await picture(machine))?.periods["1h"]?.numbers.user_prompts, 1);
  const json = JSON.parse((await run(machine, "rebuild", "--live", "--json")).stdout);
  equal(json.schema, "blueplane.rebuild/1");
  equal((await run(machine, "rebuild", "--live", "--quiet")).stdout, "");
});

Deno.test("runRebuild() with --live is refused, when nothing is stored or it is off", async () => {
  using machine = tempMachine();
  const empty = await run(machine, "rebuild", "--live");
  equal(empty.code, 3);
  equal(empty.stderr, "error: Cannot rebuild the live picture: nothing is stored here yet\n");

  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  const off = await runHere(machine, ["rebuild", "--live"]);
  equal(off.code, 2);
  equal(off.stderr, "error: Cannot rebuild the live picture: Redis is off; set redis.url\n");
});

Deno.test("runRebuild() with --live lays no name, path or word into Redis", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { cwd: "/home/canary/canary" }).prompt("canary")
    .response({ tool: "Edit", text: "canary", input: { file_path: "/home/canary/canary.ts" } })
    .response({ tool: "mcp__canary__canary", model: "canary" });
  await run(machine, "sync");

  const found = await picture(machine);

  equal(found?.periods["1h"]?.rankings.projects.length, 1);
  match(JSON.stringify(found), /"Edit"/);
  doesNotMatch(JSON.stringify(found), /canary/i);
});
