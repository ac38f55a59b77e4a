/** Tests of `core/reports/files_touched.ts`. */

import assert from "node:assert/strict";
import { openReader } from "../../../core/database.ts";
import type { SafeText } from "../../../core/privacy.ts";
import { readFiles } from "../../../core/reports/activity.ts";
import { readFilesTouched } from "../../../core/reports/files_touched.ts";
import { makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;
const ALL = { from: undefined, to: NOON + 24 * HOUR_MS };

/** An edit of a file, by a hash of its name. */
function edit(session: string, at: number, file: string, extension = "ts") {
  const use = { session, at, use: `${session}-${at}`, tool: "Edit", extension };
  const call = makeToolUse({ ...use, id: `u-${session}-${at}` });
  return [
    { ...call, payload: { ...call.payload, file: file as SafeText } },
    makeToolResult({ ...use, id: `r-${session}-${at}`, added: 1 }),
  ];
}

Deno.test("readFilesTouched() counts a file once, in the period alone", async () => {
  const [one, other] = ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"];
  await using home = await filledHome([
    ...edit("s1", NOON - 3 * HOUR_MS, one),
    ...edit("s1", NOON, one),
    ...edit("s1", NOON + 1, other),
    ...edit("s2", NOON + 2, one),
    ...edit("s2", NOON + 3, "cccccccccccccccc", "md"),
  ]);
  const told = (from: number | undefined, to: number) => [
    ...readFilesTouched(home.db, { from, to }),
  ];

  assert.deepEqual(told(undefined, ALL.to), [["ts", 2], ["md", 1]]);
  assert.deepEqual(told(undefined, NOON + 1), [["ts", 1]]);
  assert.deepEqual(told(NOON + 1, NOON + 3), [["ts", 2]]);
  assert.deepEqual(told(NOON - HOUR_MS, NOON), []);
});

Deno.test("readFilesTouched() tells what one who asks once reads, after each change", async () => {
  await using home = await filledHome(edit("s1", NOON, "aaaaaaaaaaaaaaaa"));
  using once = openReader(home.path, "once")!;
  const both = () => [
    [...readFilesTouched(home.db, ALL)],
    [...readFiles(once, { period: ALL, filter: {} })],
  ];
  both();

  await home.tell(
    ...edit("s2", NOON, "aaaaaaaaaaaaaaaa"),
    ...edit("s2", NOON + 1, "cccccccccccccccc"),
  );
  const [kept, read] = both();

  assert.deepEqual(kept, read);
  assert.deepEqual(kept, [["ts", 2]]);
});
