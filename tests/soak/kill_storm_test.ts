/** Two hundred rounds in which all that runs is killed, over every kind of queue. */

import { killStorm, QUEUE_KINDS } from "../helpers/kill_storm.ts";

const STORMS = 5;
const ROUNDS = 10;
const firstSeed = Number(Deno.env.get("KILL_SEED") ?? "") || 1;

for (const kind of QUEUE_KINDS) {
  for (let seed = firstSeed; seed < firstSeed + STORMS; seed++) {
    Deno.test(`killStorm() ends with each line counted once (${kind}, seed ${seed})`, async () => {
      console.log(JSON.stringify(await killStorm({ kind, seed, rounds: ROUNDS })));
    });
  }
}
