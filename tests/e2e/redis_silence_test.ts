/** Tests of commands, while what is at redis.url listens and never answers. */

import { equal, match } from "node:assert/strict";
import { RedisServer } from "../helpers/redis_server.ts";
import { startBinary, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { SilentListener } from "../helpers/silent_listener.ts";
import { Transcript } from "../helpers/transcripts.ts";

const COMMANDS = [["status"], ["metrics"], ["doctor", "--json"], ["sync"]];

Deno.test("blueplane ends and says so, when nobody answers at redis.url", async () => {
  await using redis = await RedisServer.start();
  await using silent = new SilentListener();
  const noTls = /does not answer; it may not speak TLS, as rediss:\/\/ asks for/;
  for (
    const [url, said] of [
      [redis.url.replace("redis:", "rediss:"), noTls],
      [`rediss://127.0.0.1:${silent.port}`, noTls],
      [`redis://127.0.0.1:${silent.port}`, /does not answer/],
    ] as const
  ) {
    await Promise.all(COMMANDS.map(async (args) => {
      using machine = tempMachine();
      new Transcript(machine.claude).prompt();
      const env = { ...machine.env, BLUEPLANE_REDIS_URL: url };
      await using command = startBinary(machine, args, { env });
      let hasEnded = false;
      command.ended.then(() => hasEnded = true);
      await until(`${args} ends`, () => hasEnded);
      match(command.stdout + command.stderr, said, String(args));
    }));
  }
});

Deno.test({
  name: "blueplane serve ends when it is asked to, while Redis hangs",
  ignore: Deno.build.os === "windows", // There is no SIGSTOP.
  async fn() {
    await using redis = await RedisServer.start();
    using machine = tempMachine();
    new Transcript(machine.claude).prompt();
    const env = { ...machine.env, BLUEPLANE_REDIS_URL: redis.url };
    const { server } = await startServe({ ...machine, env });
    await using _server = server;

    using _pause = redis.pause();
    const { code } = await server.stop("SIGTERM");

    equal(code, 0, server.stderr);
  },
});
