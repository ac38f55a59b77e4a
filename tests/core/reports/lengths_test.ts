/** Tests of `core/reports/lengths.ts`. */

import assert from "node:assert/strict";
import { addLengths, quartersOf } from "../../../core/reports/lengths.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome, TWO } from "../../helpers/filled_home.ts";

const MINUTE_MS = 60_000;

Deno.test("quartersOf() cuts stretches where quarters of an hour begin", () => {
  const stretches = [[1, 10, 20], [2, 14, 31], [3, 40, 40]].map(([id, from, to]) =>
    [id!, NOON + from! * MINUTE_MS, NOON + to! * MINUTE_MS] as const
  );
  const minutes = [...quartersOf(stretches)].map(([at, ms]) => [
    (at - NOON) / MINUTE_MS,
    ms / MINUTE_MS,
  ]);
  assert.deepEqual(minutes, [[0, 6], [15, 20], [30, 1]]);
});

Deno.test("addLengths() adds to the group of a session, or of a moment", async () => {
  await using home = await filledHome();
  const { id } = home.db.prepare("select id from sessions where session_id = 'beta'").get()!;
  const words = new Map(
    home.db.prepare("select id, text from words").all().map(({ id, text }) => [id, text]),
  );
  const lengths = new Map<string, number>();
  const add = (name: string, ms: number) => lengths.set(name, (lengths.get(name) ?? 0) + ms);
  const stretches = [[Number(id), NOON - MINUTE_MS, NOON + MINUTE_MS]] as const;

  addLengths(home.db, stretches, { group: "project", name: (of) => String(words.get(of)) }, add);
  addLengths(home.db, stretches, { group: "time", name: (of) => String(of - NOON) }, add);

  assert.deepEqual([...lengths], [
    [TWO, 2 * MINUTE_MS],
    ["-900000", MINUTE_MS],
    ["0", MINUTE_MS],
  ]);
});
