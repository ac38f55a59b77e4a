/** Tests of names of projects that a server keeps. */

import { deepEqual } from "node:assert/strict";
import { KeptProjectLabels } from "../../cli/kept_project_labels.ts";
import { makePrompt } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

Deno.test("KeptProjectLabels.read() looks at once for another project, else seldom", async () => {
  await using home = await filledHome([]);
  const clock = new VirtualClock(0), told = new Map<string, string>();
  let looks = 0;
  const look = () => (looks++, new Map(told));
  const labels = new KeptProjectLabels(look, home.db, clock);
  const read = () => [looks, ...labels.read().values()];

  labels.read();
  told.set("aaaaaaaaaaaaaaaa", "engine");
  deepEqual(read(), [1]);
  await home.tell(makePrompt({ id: "a", session: "one", project: "aaaaaaaaaaaaaaaa" }));
  labels.read();
  deepEqual(read(), [2, "engine"]);
  told.set("aaaaaaaaaaaaaaaa", "motor");
  clock.advance(30_001);
  labels.read();
  deepEqual(read(), [3, "motor"]);
});
