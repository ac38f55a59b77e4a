/** Tests of `pipeline/redis_broker.ts`; its model test is `redis_broker_model_test.ts`. */

import assert from "node:assert/strict";
import { testBroker } from "../helpers/broker_contract.ts";
import { sharedRedis } from "../helpers/redis_server.ts";
import { openRedisStage } from "./redis_stage.ts";

const redis = sharedRedis();

testBroker("RedisBroker", () => openRedisStage(redis.server));
