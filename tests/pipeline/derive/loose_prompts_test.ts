/** Tests of `pipeline/derive/loose_prompts.ts`, through the fold that uses it. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { inTransaction } from "../../../core/database.ts";
import type { SafeText } from "../../../core/privacy.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

const loose = ["l1", "l2"].map((id, i) =>
  makeEvent("user_prompt", { id, at: NOON + i }, { loose: true })
);
const own = makePrompt({ id: "p1", at: NOON + 9 });

Deno.test("LoosePrompts.complete() counts loose prompts, where the session tells none", () => {
  assert.equal(prompts([loose]), 2);
  assert.equal(prompts([[loose[0]!], [loose[1]!], loose]), 2);
});

Deno.test("LoosePrompts.complete() counts none, once the session tells one, in any order", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...loose, own], { minLength: 3 }),
      fc.boolean(),
      (told, apart) => {
        assert.equal(prompts(apart ? told.map((event) => [event]) : [told]), 1);
      },
    ),
    fcRuns(50),
  );
});

Deno.test("LoosePrompts.complete() looks at no other session, and at no other input", () => {
  const elsewhere = makePrompt({ id: "p2", session: "s2" });
  const interruption = makeEvent("interruption", { id: "i1" });

  assert.equal(prompts([loose, [elsewhere, interruption]]), 2);
});

Deno.test("LoosePrompts.complete() counts a hook's prompts, until a transcript tells any", () => {
  const hook = (id: string, at: number): TelemetryEvent => ({
    ...makePrompt({ id, at }),
    hookType: "UserPromptSubmit" as SafeText,
  });
  const hooks = [hook("h1", NOON), hook("h2", NOON + 5)];
  const command = makeEvent("slash_command", { id: "c1", at: NOON });
  assert.equal(prompts([hooks]), 2);
  assert.equal(prompts([hooks, [own]]), 1);
  assert.equal(prompts([[own], hooks]), 1);
  assert.equal(prompts([hooks, [command]]), 0, "it tells what was typed, too");
});

/** The prompts that count of session `s1`. */
function prompts(batches: readonly (readonly TelemetryEvent[])[]): number {
  using file = tempDatabase();
  using parts = openParts(file.path);
  for (const batch of batches) inTransaction(parts.db, () => parts.fold.apply(batch));
  const row = parts.db.prepare(
    `select ifnull(sum(count), 0) as n from input_sums where tier = 0 and member = 0
       and session = (select id from sessions where session_id = 's1')`,
  ).get();
  return row!.n as number;
}
