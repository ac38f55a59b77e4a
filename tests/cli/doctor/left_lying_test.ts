/** Tests of what is said of entries that were taken and not finished. */

import { deepEqual, equal } from "node:assert/strict";
import { leftLying } from "../../../cli/doctor/left_lying.ts";

const AT = { now: 1_750_000_000_000, remedy: "Start it" };

Deno.test("leftLying() warns of what was left, and since when, and has a remedy", () => {
  const found = leftLying("queue.pending", 3, AT.now - 3_600_000, AT);
  deepEqual([found.severity, found.remedy], ["warning", "Start it"]);
  equal(found.title, "3 entries of a queue were taken and not finished, the first 1 h ago");
  deepEqual(found.numbers, { entries_left: 3, oldest_age_ms: 3_600_000 });
});

Deno.test("leftLying() is content with nothing, of which no age is known", () => {
  const found = leftLying("queue.pending", 0, null, AT);
  deepEqual([found.severity, found.remedy], ["ok", undefined]);
  deepEqual(found.numbers, { entries_left: 0, oldest_age_ms: null });
});
