/** Tests of `core/reports/failed_calls.ts`. */

import assert from "node:assert/strict";
import {
  countFinishedCalls,
  readFailures,
  readNextCalls,
} from "../../../core/reports/failed_calls.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const ALWAYS = { from: undefined, to: NOON * 2 };

/** While a slow call that fails runs, another one goes well. */
const story = new Story().prompt()
  .call("Bash", { outcome: "failed", form: "test", tookMs: 5000 })
  .call("Read", { file: "early" })
  .call("Read", { file: "side", sidechain: true }).wait(10_000)
  .call("Grep", { outcome: "rejected" })
  .call("Edit", { file: "late" })
  .times(9, (told) => told.call("Glob"));

Deno.test("readNextCalls() has calls made after a failure was known", async () => {
  await using home = await filledHome(story.events);
  const [first, ...more] = readFailures(home.db, ALWAYS, {});
  const [name, { calls, sessions }] = first!, [failed] = calls;

  assert.deepEqual([name, failed!.tool, failed!.error, failed!.form, sessions.size, more], [
    "Bash other",
    "Bash",
    "other",
    "test",
    1,
    [],
  ]);
  const next = readNextCalls(home.db, calls)(failed!);
  assert.deepEqual(next.map(({ tool, ok }) => `${tool} ${ok}`), [
    "Grep false",
    "Edit true",
    "Glob true",
    "Glob true",
    "Glob true",
  ]);
});

Deno.test("countFinishedCalls() counts what ended well or failed, within the period", async () => {
  await using home = await filledHome(story.events);
  const counts = countFinishedCalls(home.db, ALWAYS, {});
  assert.deepEqual(Object.fromEntries(counts), { Bash: 1, Read: 2, Edit: 1, Glob: 9 });
  const early = { from: NOON, to: NOON + 2000 };
  assert.deepEqual(Object.fromEntries(countFinishedCalls(home.db, early, {})), {
    Bash: 1,
  });
  assert.equal(readFailures(home.db, { from: NOON + 60_000, to: NOON * 2 }, {}).size, 0);
});
