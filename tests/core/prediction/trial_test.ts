/** Tests of `core/prediction/trial.ts`; how well models do is asserted of whole predictors. */

import assert from "node:assert/strict";
import { isBetter, tryModels } from "../../../core/prediction/trial.ts";
import { madeUpEdits, summed } from "./made_up_edits.ts";

Deno.test("tryModels() foretells each session once by others, and late ones by early ones", () => {
  const sketch = { seed: 4, sessions: 20, edits: 10, chance: () => 0.7 };
  const sessions = summed(madeUpEdits(sketch));

  const { heldOutSessions, laterSessions, ...trial } = tryModels(sessions);

  assert.equal(trial.sessions, sessions);
  assert.deepEqual([heldOutSessions.n, heldOutSessions.sessions], [200, 20]);
  assert.deepEqual([laterSessions.n, laterSessions.sessions], [60, 6]);
});

Deno.test("isBetter() asks for what is clear, and for no harm to later sessions", () => {
  const sketch = { seed: 1, sessions: 40, edits: 25, chance: () => 0.7 };
  const differ = { ...sketch, chance: (edit: { extension: string | null }) => chanceOf(edit) };
  const clear = tryModels(summed(madeUpEdits(differ)));
  const later = clear.laterSessions;
  const worse = { ...later, difference: { value: 0.1, low: 0.05, high: 0.2 } };

  assert.ok(isBetter(clear));
  assert.ok(!isBetter({ ...clear, laterSessions: worse }));
  assert.ok(!isBetter(tryModels(summed(madeUpEdits(sketch)))));
});

function chanceOf({ extension }: { extension: string | null }): number {
  return extension === "md" ? 0.2 : 0.9;
}
