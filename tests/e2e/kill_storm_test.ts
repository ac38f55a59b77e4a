/** Tests of all that runs being killed, again and again; `tests/soak` has the long form. */

import { killStorm, QUEUE_KINDS } from "../helpers/kill_storm.ts";

const seed = Number(Deno.env.get("KILL_SEED") ?? "") || 1;

// Goal: whatever is killed whenever, nothing is lost and nothing counted twice. Method: see
// killStorm(); KILL_SEED gives other moments.
for (const kind of QUEUE_KINDS) {
  Deno.test({
    name: `blueplane serve counts each line once, when all is killed (${kind}, seed ${seed})`,
    ignore: Deno.build.os === "windows", // The way of dying is SIGKILL's.
    async fn() {
      await killStorm({ kind, seed, rounds: 5 });
    },
  });
}
