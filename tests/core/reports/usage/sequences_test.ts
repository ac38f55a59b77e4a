/** Tests of `core/reports/usage/sequences.ts`. */

import assert from "node:assert/strict";
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

  const found = readSequences(home.db, query, readWords(home.db));

  assert.deepEqual(found.map(({ tools, count }) => [tools.join(" "), count]), [
    ["Read Edit", 5],
    ["Edit Bash", 2],
    ["Read Edit Bash", 2],
  ]);
});
