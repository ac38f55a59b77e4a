/**
 * Simulations of the service, each from a seed: SIM_SEED and SIM_STEPS choose another one, as the
 * message of a failure says them.
 */

import { sharedRedis } from "../helpers/redis_server.ts";
import { simulate } from "./simulation.ts";

const redis = sharedRedis();

const asked = Number(Deno.env.get("SIM_SEED") ?? "");
const seeds = asked > 0 ? [asked] : [1, 2, 3];
const steps = Number(Deno.env.get("SIM_STEPS") ?? "") || 160;

for (const seed of seeds) {
  Deno.test(`simulate() keeps all that is written, seed ${seed}, ${steps} steps`, async () => {
    await simulate({ seed, steps });
  });

  Deno.test(`simulate() keeps it over Redis, seed ${seed}, ${steps} steps`, async () => {
    await simulate({ seed, steps, redisUrl: redis.server.url });
  });
}
