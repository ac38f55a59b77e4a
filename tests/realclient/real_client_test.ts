/** Tests of `tests/realclient/real_client.ts`, of what runs without the client. */

import { deepEqual, equal } from "node:assert/strict";
import { isPlayed, slowedDown } from "./real_client.ts";

Deno.test("slowedDown() gives more time to all that waits for time, and to nothing else", () => {
  const script = {
    runs: [{ prompt: "go", signal_after_ms: 9000, sleep: "well" }],
    interactive: [{ sleep: 1500 }, { text: "9000" }],
    scripts: { main: [{ stall_ms: 10, usage: { input_tokens: 3 } }] },
  };

  deepEqual(slowedDown(script, 2), {
    runs: [{ prompt: "go", signal_after_ms: 18_000, sleep: "well" }],
    interactive: [{ sleep: 3000 }, { text: "9000" }],
    scripts: { main: [{ stall_ms: 20, usage: { input_tokens: 3 } }] },
  });
  deepEqual(slowedDown(script, 1), script);
});

Deno.test("isPlayed() is false of a client that was killed before it noted what it did", () => {
  const runs = [{ signal_after_ms: 9000 }, {}];
  const check = (planned_equals_served: boolean, noted: boolean) => ({
    planned_equals_served,
    transcript_equals_served_less_compact: noted,
  });

  equal(isPlayed({ runs }, check(true, true)), true);
  equal(isPlayed({ runs }, check(true, false)), false);
  // What is not in a transcript though nobody killed the client is to be seen in the counts.
  equal(isPlayed({ runs: [{}] }, check(true, false)), true);
  equal(isPlayed({}, check(false, true)), false);
});
