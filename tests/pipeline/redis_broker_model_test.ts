/**
 * Drives `pipeline/redis_broker.ts` beside the model of brokers. Every crash brings another
 * connection and consumer, every third one kills Redis, too.
 */

import type { LeasingBroker } from "../../core/broker.ts";
import { LEASE_MS } from "../helpers/broker_stage.ts";
import { checkModel, type ModelledBroker } from "../helpers/broker_model.ts";
import { RedisServer } from "../helpers/redis_server.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { openRedisStage } from "./redis_stage.ts";

Deno.test("RedisBroker() keeps its contract, whatever the order of calls", async () => {
  const durable = ["--appendonly", "yes", "--appendfsync", "always"];
  await using server = await RedisServer.start({ args: durable });
  await checkModel(() => openModelled(server), fcRuns(40));
});

async function openModelled(server: RedisServer): Promise<ModelledBroker> {
  const stage = await openRedisStage(server);
  let broker: LeasingBroker = stage.broker;
  let crashes = 0;
  return {
    get broker() {
      return broker;
    },
    leaseMs: LEASE_MS,
    passTime: stage.passTime,
    crash: async () => {
      if (++crashes % 3 === 0) await server.restart();
      broker = await stage.reopen();
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}
