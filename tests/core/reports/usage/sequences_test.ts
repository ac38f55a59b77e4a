/** Tests of `core/reports/usage/sequences.ts`. */

import assert from "node:assert/strict";
import { type Database, openReader } from "../../../../core/database.ts";
import { readSequences } from "../../../../core/reports/usage/sequences.ts";
import { readWords } from "../../../../core/words.ts";
import { NOON } from "../../../helpers/events.ts";
import { filledHome } from "../../../helpers/filled_home.ts";
import { Story } from "../../../helpers/story.ts";

Deno.test("readSequences() adds up what sessions of the period did most often", async () => {
  const turn = (story: Story) => story.prompt().call("Read").call("Edit").call("Bash");
  const one = new Story("one").times(2, turn);
  const two = new Story("two").times(3, (story) => story.prompt().call("Read").call("Edit"));
  const old = new Story("old", { at: NOON - 90_000_000 }).times(9, turn);
  await using home = await filledHome([one, two, old].flatMap(({ events }) => events));
  const query = {
    period: { from: NOON - 3_600_000, to: NOON + 3_600_000 },
    filter: {},
    now: NOON,
  };

  const { sequences, similarity } = readSequences(home.db, query, readWords(home.db));

  assert.deepEqual(sequences.map(({ tools, count }) => [tools.join(" "), count]), [
    ["Read Edit", 5],
    ["Edit Bash", 2],
    ["Read Edit Bash", 2],
  ]);
  assert.equal(similarity, null);
});

Deno.test("readSequences() tells how like those of the period before they are", async () => {
  const turn = (story: Story) => story.prompt().call("Read").call("Edit").call("Bash");
  const now = new Story("now").times(3, (story) => story.prompt().call("Read").call("Edit"));
  const before = new Story("before", { at: NOON - 3_700_000 }).times(2, turn);
  const told = [...now.events, ...before.events];
  await using home = await filledHome(told);
  const period = { from: NOON - 3_600_000, to: NOON + 3_600_000 };
  const query = { period: { from: NOON, to: NOON + 7_200_000 }, filter: {}, now: NOON };
  const of = (asked: typeof query) =>
    readSequences(home.db, asked, readWords(home.db)).similarity;

  // (3) beside (2, 2, 2): 3 × 2 ÷ (3 × √12).
  assert.equal(of(query), 0.57735);
  assert.equal(of({ ...query, period: { ...period, from: NOON - 7_200_000 } }), null);
});

Deno.test("readSequences() tells one who asks once the same of all time", async () => {
  const turn = (story: Story) => story.prompt().call("Read").call("Edit").call("Bash");
  const stories = [new Story("one").times(2, turn), new Story("two").times(3, turn)];
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  using once = openReader(home.path, "once")!;
  const query = { period: { from: undefined, to: NOON + 3_600_000 }, filter: {}, now: NOON };
  const ask = (db: Database) => readSequences(db, query, readWords(db));

  assert.deepEqual(ask(once), ask(home.db));
  assert.equal(ask(once).sequences[0]!.count, 5);
});
