/** Tests of `core/reports/until_change.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { keepUntilChange } from "../../../core/reports/until_change.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("keepUntilChange() reads again when anything changed, no sooner", async () => {
  await using home = await filledHome([makePrompt({ id: "a", session: "s1", at: NOON })]);
  const keep = keepUntilChange<number>(2);
  let reads = 0;
  const ask = (name = "one") => keep(home.db, name, () => ++reads);

  assert.deepEqual([ask(), ask(), ask("two"), ask()], [1, 1, 2, 1]);
  await home.tell(makePrompt({ id: "b", session: "s1", at: NOON }));
  assert.deepEqual([ask(), ask()], [3, 3]);
  // There is no room for a third one.
  assert.deepEqual([ask("two"), ask("three"), ask()], [4, 5, 6]);
});

Deno.test("keepUntilChange() keeps nothing of a writer", async () => {
  await using home = await filledHome();
  using writer = openWriter(home.path);
  const keep = keepUntilChange<number>(2);
  let reads = 0;

  assert.deepEqual([1, 2].map(() => keep(writer, "one", () => ++reads)), [1, 2]);
});
