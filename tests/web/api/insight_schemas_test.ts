/** Tests of `web/api/insight_schemas.ts`: what is described is what is taken. */

import assert from "node:assert/strict";
import { readInsightChange } from "../../../core/insight_choices.ts";
import { INSIGHT_KINDS } from "../../../core/insight_kinds.ts";
import { INSIGHT_CHANGE, LETTER_CHOICE } from "../../../web/api/insight_schemas.ts";

const KIND = INSIGHT_KINDS[0]!.name;

for (
  const change of [
    { dismiss: { id: "0123abcd", severity: "low", sessions: 1 } },
    { restore: "0123abcd" },
    { mute: KIND },
    { unmute: KIND },
    { mute: "nothing" },
    { mute: KIND, unmute: KIND },
    { restore: "x" },
    { dismiss: { id: "0123abcd", severity: "ok", sessions: 1 } },
    { dismiss: { id: "0123abcd", severity: "low", sessions: 0 } },
    { dismiss: { id: "0123abcd", severity: "low", sessions: 1.5 } },
    {},
    null,
    [],
  ]
) {
  Deno.test(`INSIGHT_CHANGE() takes what is taken of ${JSON.stringify(change)}`, () => {
    assert.equal(
      INSIGHT_CHANGE.safeParse(change).success,
      readInsightChange(change) !== undefined,
    );
  });
}

Deno.test("LETTER_CHOICE() takes ids or all of them", () => {
  for (const good of [{ ids: [1, 2] }, { all: true }]) {
    assert.ok(LETTER_CHOICE.safeParse(good).success, JSON.stringify(good));
  }
  for (const bad of [{}, { ids: [] }, { ids: [0] }, { ids: ["1"] }, { all: false }]) {
    assert.ok(!LETTER_CHOICE.safeParse(bad).success, JSON.stringify(bad));
  }
});
