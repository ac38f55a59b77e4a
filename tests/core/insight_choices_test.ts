/** Tests of `core/insight_choices.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import {
  changeInsights,
  type Dismissal,
  isWorse,
  readInsightChange,
  readInsightChoices,
} from "../../core/insight_choices.ts";

const dismiss: Dismissal = { id: "1a2b3c4d", severity: "medium", sessions: 2 };
const KIND = "patterns.churn";

Deno.test("readInsightChange() takes each change as it is", () => {
  const changes = [{ dismiss }, { restore: dismiss.id }, { mute: KIND }, { unmute: KIND }];

  assert.deepEqual(changes.map(readInsightChange), changes);
});

Deno.test("readInsightChange() takes nothing else", () => {
  const wrong = [
    undefined,
    null,
    7,
    [],
    {},
    { mute: "none.such" },
    { unmute: 3 },
    { restore: "1A2B3C4D" },
    { mute: KIND, restore: dismiss.id },
    { drop: dismiss.id },
    { dismiss: null },
    { dismiss: { ...dismiss, id: "../../etc" } },
    { dismiss: { ...dismiss, severity: "deadly" } },
    { dismiss: { ...dismiss, sessions: 0 } },
    { dismiss: { ...dismiss, sessions: 1.5 } },
  ];

  assert.deepEqual(wrong.filter((json) => readInsightChange(json) !== undefined), []);
});

Deno.test("readInsightChange() keeps nothing that it does not know", () => {
  assert.deepEqual(readInsightChange({ dismiss: { ...dismiss, note: "secret" } }), { dismiss });
});

Deno.test("changeInsights() remembers, and says whether anything changed", () => {
  using db = openWriter(":memory:");
  const change = (wanted: Parameters<typeof changeInsights>[1]) =>
    changeInsights(db, wanted, 5).changed;

  assert.equal(change({ dismiss }), true);
  assert.equal(change({ dismiss: { ...dismiss, sessions: 9 } }), true);
  assert.deepEqual([change({ mute: KIND }), change({ mute: KIND })], [true, false]);
  assert.deepEqual(readInsightChoices(db), {
    dismissed: new Map([[dismiss.id, { ...dismiss, sessions: 9 }]]),
    muted: new Set([KIND]),
  });

  const id = dismiss.id;
  assert.deepEqual([change({ restore: id }), change({ restore: id })], [true, false]);
  assert.deepEqual([change({ unmute: KIND }), change({ unmute: KIND })], [true, false]);
  assert.deepEqual(readInsightChoices(db), { dismissed: new Map(), muted: new Set() });
});

Deno.test("isWorse() is so from a higher severity or twice as many sessions on", () => {
  const worse = (severity: Dismissal["severity"], sessions: number, before = 2) =>
    isWorse({ ...dismiss, severity, sessions }, { ...dismiss, sessions: before });

  assert.deepEqual([worse("medium", 2), worse("low", 2), worse("medium", 4)], [
    false,
    false,
    false,
  ]);
  assert.deepEqual([worse("high", 1), worse("medium", 5)], [true, true]);
  assert.deepEqual([worse("medium", 19, 10), worse("medium", 20, 10)], [false, true]);
});
