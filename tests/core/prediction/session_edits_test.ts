/** Tests of `core/prediction/session_edits.ts`. */

import assert from "node:assert/strict";
import { readLatestSums, readSessionEdits } from "../../../core/prediction/session_edits.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const HOUR_MS = 3_600_000;

/** One edit that was refused, and so many that were not. */
function story(name: string, hours: number, accepted: number): Story {
  return new Story(name, { at: NOON + hours * HOUR_MS }).prompt()
    .call("Edit", { file: "a", outcome: "rejected" })
    .times(accepted, (told) => told.call("Write", { file: "b" }));
}

const stories = [story("late", 2, 3), story("early", -2, 1), story("middle", 0, 2)];
const idle = new Story("idle", { at: NOON }).prompt().call("Bash", { form: "test" });

Deno.test("readLatestSums() tells sessions with edits, in the order of their first", async () => {
  await using home = await filledHome([...stories, idle].flatMap(({ events }) => events));

  const sums = readLatestSums(home.db, "acceptance");

  assert.deepEqual(sums.map(({ n, good }) => [n, good]), [[2, 1], [3, 2], [4, 3]]);
  assert.ok(sums[0]!.from < sums[1]!.from && sums[1]!.to < sums[2]!.from);
});

Deno.test("readSessionEdits() tells what was known of a session's last edit", async () => {
  await using home = await filledHome([...stories, idle].flatMap(({ events }) => events));
  const numberOf = (name: string) =>
    Number(home.db.prepare("select id from sessions where session_id = ?").get(name)!.id);

  const edits = readSessionEdits(home.db, [numberOf("late"), numberOf("idle")]);

  const { last, sums } = edits.get(numberOf("late"))!;
  assert.deepEqual([last.tool, last.file], ["Write", "changed"]);
  assert.deepEqual([sums.kept.n, sums.kept.recent], [4, "mostly_good"]);
  assert.equal(edits.get(numberOf("idle")), undefined);
});
