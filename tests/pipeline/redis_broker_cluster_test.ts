/** The contract of brokers once more, on a Redis that is a cluster: ours is one slot of it. */

import { testBroker } from "../helpers/broker_contract.ts";
import { type RedisServer, sharedRedis } from "../helpers/redis_server.ts";
import { until } from "../helpers/run_blueplane.ts";
import { openRedisStage } from "./redis_stage.ts";

const SLOTS = 16_384;

const redis = sharedRedis({ args: ["--cluster-enabled", "yes"] });
Deno.test.beforeAll(() => takeAllSlots(redis.server));

testBroker("RedisBroker", () => openRedisStage(redis.server));

async function takeAllSlots(server: RedisServer): Promise<void> {
  await server.command("CLUSTER", "ADDSLOTS", ...Array.from({ length: SLOTS }, (_, i) => i));
  await until("the cluster is ready", async () => {
    return String(await server.command("CLUSTER", "INFO")).includes("cluster_state:ok");
  });
}
