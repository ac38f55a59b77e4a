/** Many simulations of the service, longer than those of a quick run, with and without Redis. */

import { sharedRedis } from "../helpers/redis_server.ts";
import { simulate } from "../sim/simulation.ts";

const redis = sharedRedis();

const SEEDS = 20;
const STEPS = 400;

for (let seed = 101; seed <= 100 + SEEDS; seed++) {
  Deno.test(`simulate() keeps all that is written, seed ${seed}`, async () => {
    await simulate({ seed, steps: STEPS });
  });

  Deno.test(`simulate() keeps it over Redis, seed ${seed}`, async () => {
    await simulate({ seed, steps: STEPS, redisUrl: redis.server.url });
  });
}
