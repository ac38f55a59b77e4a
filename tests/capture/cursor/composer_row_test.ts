/** Tests of `capture/cursor/composer_row.ts`: what a composer tells beside its messages. */

import { deepEqual, equal } from "node:assert/strict";
import { COMPOSER, composerData, type Fields, NOON } from "./shapes.ts";
import { project } from "./state_rows.ts";

function states(fields: Fields) {
  return project([composerData(fields)]).filter(({ eventType }) => eventType === "session_state");
}

Deno.test("composerRow() tells when it began and what its gauges show", () => {
  const [begun] = project([composerData()]);
  const [state] = states({
    contextTokensUsed: 46_177,
    contextTokenLimit: 200_000,
    totalLinesAdded: 286,
    totalLinesRemoved: 0,
    filesChangedCount: 13,
  });

  deepEqual([begun!.eventType, begun!.payload], ["activity", { native_at: NOON }]);
  equal(state!.timestamp, NOON + 60_000);
  deepEqual(state!.payload, {
    tokens: "not_kept",
    mode: "agent",
    context_tokens: 46_177,
    context_limit: 200_000,
    reported_lines_added: 286,
    reported_lines_removed: 0,
    reported_files_changed: 13,
  });
});

Deno.test("composerRow() calls what an old version noted as cost an estimate", () => {
  const usageData = { "gpt-5": { costInCents: 12, amount: 3 }, b: { costInCents: 0.5 }, c: {} };

  equal(states({ usageData })[0]!.payload.estimated_cost_micros, 125_000);
});

Deno.test("composerRow() hides the name of a mode that a user made", () => {
  equal(states({ unifiedMode: "my-mode" })[0]!.payload.mode, "custom");
  equal(states({ unifiedMode: undefined })[0]!.payload.mode, "edit");
});

Deno.test("composerRow() tells an abortion once, however often it is read", () => {
  const abortions = (fields: Fields) =>
    project([composerData({ status: "aborted", latestChatGenerationUUID: "g1", ...fields })])
      .filter(({ eventType }) => eventType === "interruption");

  equal(abortions({}).length, 1);
  equal(abortions({})[0]!.eventId, abortions({ lastUpdatedAt: NOON + 99_000 })[0]!.eventId);
  equal(
    abortions({})[0]!.eventId === abortions({ latestChatGenerationUUID: "g2" })[0]!.eventId,
    false,
  );
  equal(abortions({ status: "completed" }).length, 0);
});

Deno.test("composerRow() tells what a header alone knows of a call", () => {
  const header = {
    bubbleId: "b",
    type: 2,
    startedAtMs: NOON,
    completedAtMs: NOON + 40,
    grouping: { toolCallId: "t1", editLinesAdded: 4, editLinesRemoved: 1, textPreview: "secret" },
  };
  const plain = { bubbleId: "c", type: 2, grouping: { toolCallId: "t2" } };
  const notes = project([composerData({ fullConversationHeadersOnly: [header, plain] })])
    .filter(({ eventType }) => eventType === "tool_note");

  deepEqual(notes.map(({ payload }) => payload), [
    { tool_use_id: "t1", noted_added: 4, noted_removed: 1, duration_ms: 40 },
  ]);
});

Deno.test("composerRow() leaves the state of a session to the one it is of", () => {
  const subagentInfo = { parentComposerId: "p" };

  deepEqual(project([composerData({ subagentInfo, status: "aborted" }, COMPOSER)]), []);
});
