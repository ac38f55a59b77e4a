/** Tests of `capture/cursor/composer_list.ts`: every age's list of composers. */

import { deepEqual, equal } from "node:assert/strict";
import { COMPOSER, composerData, composers, NOON } from "./shapes.ts";
import { item, project, WORKSPACE } from "./state_rows.ts";

const head = {
  type: "head",
  composerId: COMPOSER,
  createdAt: NOON,
  lastUpdatedAt: NOON + 5,
  unifiedMode: "agent",
};
function kinds(events: ReturnType<typeof project>) {
  return events.map(({ eventType }) => eventType);
}

Deno.test("composerList() tells the conversations of 2024 whole, in their order", () => {
  const conversation = [
    { type: 1, bubbleId: "u1", text: "go", context: {} },
    { type: 2, bubbleId: "a1", text: "done", codeBlocks: [] },
    { type: 1, bubbleId: "u2", text: "more" },
    { type: 2, bubbleId: "a2", text: "done" },
  ];
  const old = { composerId: COMPOSER, createdAt: NOON, status: "completed", conversation };
  const events = project([composers(old)], WORKSPACE).slice(1);

  deepEqual(kinds(events), [
    "user_prompt",
    "assistant_response",
    "user_prompt",
    "assistant_response",
  ]);
  deepEqual(events.map(({ timestamp }) => timestamp - NOON), [0, 1, 2, 3]);
  equal(events.every(({ metadata }) => metadata.undated === true), true);
  equal(events.every(({ metadata }) => metadata.project_hash === WORKSPACE.hash), true);
});

Deno.test("composerList() tells heads by their times and gauges, as their row would", () => {
  const list = { ...head, totalLinesAdded: 286, totalLinesRemoved: 1, filesChangedCount: 13 };

  for (
    const row of [
      composers(list),
      item("composer.composerHeaders", { allComposers: [list] }),
      { table: "composerHeaders", key: COMPOSER, value: JSON.stringify(list) } as const,
    ]
  ) {
    const [begun, state, ...rest] = project([row]);
    deepEqual(rest, []);
    deepEqual([begun!.eventType, begun!.timestamp], ["activity", NOON]);
    deepEqual([state!.timestamp, state!.payload], [NOON + 5, {
      tokens: "not_kept",
      mode: "agent",
      reported_lines_added: 286,
      reported_lines_removed: 1,
      reported_files_changed: 13,
    }]);
  }
});

Deno.test("composerList() tells nothing of drafts, and of an unused one that it began", () => {
  const draft = { ...head, isDraft: true };
  const unused = { ...head, lastUpdatedAt: undefined };

  deepEqual(project([composers(draft, { composerId: "empty-state-draft" }, {})]), []);
  deepEqual(kinds(project([composers(unused)])), ["activity"]);
});

Deno.test("composerList() begins a composer with the same event as its own row", () => {
  const [listed] = project([composers(head)]);
  const [own] = project([composerData()]);

  equal(listed!.eventId, own!.eventId);
});
