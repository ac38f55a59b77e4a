/** Tests of servers that want to process what is on the same Redis. */

import { equal, match } from "node:assert/strict";
import { RedisServer } from "../helpers/redis_server.ts";
import { startBinary, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { countedLines } from "./growing_transcripts.ts";

const ignore = Deno.build.os === "windows"; // There is no redis-server.
const REFUSED = "warning: Cannot process what is on this Redis: the server of another data " +
  "folder does, or of a copy of this one; stop it, or run blueplane worker --role capture here\n";

Deno.test({
  name: "blueplane serve processes no Redis for a copy of the data folder that does already",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    using machine = tempMachine();
    using other = tempMachine();
    const env = { ...machine.env, BLUEPLANE_REDIS_URL: redis.url };
    const transcript = new Transcript(machine.claude).prompt();
    const { server } = await startServe({ ...machine, env });
    await using _server = server;
    await until("it is stored", async () => (await countedLines(machine)).user_prompts === 1);
    new Deno.Command("cp", { args: ["-a", machine.home, other.home] }).outputSync();
    Deno.removeSync(`${other.home}/serve.json`);

    await using copy = startBinary(other, ["serve", "--port", "0"], {
      env: { ...other.env, BLUEPLANE_REDIS_URL: redis.url },
    });
    await copy.until("it says why", () => copy.stderr !== "");
    equal(copy.stderr, REFUSED);
    transcript.prompt();
    await until("the first goes on", async () => {
      return (await countedLines(machine)).user_prompts === 2;
    });
    equal((await server.stop("SIGTERM")).code, 0);
    equal(server.stderr, "");

    await copy.until("the copy's turn comes", () => /^Blueplane is at /m.test(copy.stdout));
    equal((await copy.stop("SIGTERM")).code, 0);
  },
});

Deno.test({
  name: "blueplane serve takes over on Redis at once, from one of its data folder that is killed",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    using machine = tempMachine();
    const env = { ...machine.env, BLUEPLANE_REDIS_URL: redis.url };
    const transcript = new Transcript(machine.claude).prompt();
    const { server: first } = await startServe({ ...machine, env });
    await using _first = first;
    await using second = startBinary(machine, ["serve", "--port", "0"], { env });
    await second.until("it stands by", () => second.stdout !== "");

    await first.stop("SIGKILL");
    transcript.prompt();
    await second.until("it serves", () => /^Blueplane is at /m.test(second.stdout));

    await until("all is counted", async () => (await countedLines(machine)).user_prompts === 2);
    equal(second.stderr, "");
    match(second.stdout, /^Standing by: /);
  },
});
