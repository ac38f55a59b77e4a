/** Tests of `capture/cursor/code_blocks.ts`: what a person did with proposed changes. */

import { deepEqual, equal } from "node:assert/strict";
import { call, COMPOSER, composerData, composers, NOON } from "./shapes.ts";
import { kv, privacy, project } from "./state_rows.ts";

const URI = "file:///home/me/a.ts";

function proposals(blocks: unknown) {
  const codeBlockData = { [URI]: blocks };
  return project([composers({
    composerId: "c",
    createdAt: NOON,
    conversation: [
      { type: 1, bubbleId: "u1", text: "go" },
    ],
    codeBlockData,
  })]).filter(({ eventType }) => eventType === "edit_proposal");
}

Deno.test("codeBlockEvents() tells a block that no tool made as a proposal of its own", () => {
  const events = proposals([
    { status: "cancelled", content: "secret" },
    { status: "accepted", version: 1 },
    { status: "rejected", version: 2 },
    { status: "outdated", version: 3 },
    { status: "completed", isNoOp: true },
    { version: 4 },
  ]);

  deepEqual(events.map(({ payload }) => payload.reviewed), [
    undefined,
    "accepted",
    "rejected",
    undefined,
  ]);
  deepEqual(events[1]!.payload, {
    proposal_id: events[1]!.payload.proposal_id,
    tool: "code_block",
    tool_kind: "edit",
    file_extension: "ts",
    file: privacy.hash("file /home/me/a.ts"),
    reviewed: "accepted",
  });
  equal(new Set(events.map(({ payload }) => payload.proposal_id)).size, 4);
});

Deno.test("codeBlockEvents() tells one proposal again, when it is judged", () => {
  const [before] = proposals([{ status: "completed" }]);
  const [after] = proposals({ 0: { status: "accepted" } });
  const [list] = proposals([{ status: "accepted" }]);

  equal(before!.payload.proposal_id, list!.payload.proposal_id);
  equal(before!.eventId === list!.eventId, false);
  equal(after!.payload.reviewed, "accepted");
});

Deno.test("codeBlockEvents() tells a verdict of the call that made the block", () => {
  const codeBlockData = {
    [URI]: { d1: { bubbleId: "e1", status: "rejected" }, d2: { bubbleId: "e1", status: "x" } },
  };
  const notes = project([
    composerData({ codeBlockData }),
    call("e1", { name: "edit_file_v2" }),
  ]).filter(({ eventType }) => eventType === "tool_note" || eventType === "edit_proposal");

  deepEqual(notes.map(({ eventType, payload }) => [eventType, payload]), [
    ["tool_note", { tool_use_id: "tool_e1", reviewed: "rejected" }],
  ]);
});

Deno.test("fatesRow() counts the pieces of a difference and their lines", () => {
  const fates = [
    { fate: "accepted", addedLines: ["secret", "b"], removedLines: [] },
    { fate: "rejected", addedLines: ["c"], removedLines: ["d", "e", "f"] },
    { fate: "pending", addedLines: ["g"] },
  ];
  const rows = [
    composerData(),
    kv(`codeBlockPartialInlineDiffFates:${COMPOSER}:d1`, { fates }),
  ];
  const event = project(rows).at(-1)!;

  equal(event.timestamp, NOON + 60_000);
  deepEqual(event.payload, {
    review_id: "d1",
    hunks_accepted: 1,
    hunks_rejected: 1,
    accepted_lines_added: 2,
    accepted_lines_removed: 0,
    rejected_lines_added: 1,
    rejected_lines_removed: 3,
  });
});

Deno.test("fatesRow() tells nothing, when nothing was judged or no composer is there", () => {
  const row = (fates: unknown) => kv(`codeBlockPartialInlineDiffFates:${COMPOSER}:d1`, { fates });

  equal(project([composerData(), row([{ fate: "pending" }])]).length, 2);
  equal(project([row([{ fate: "accepted", addedLines: [] }])]).length, 0);
});
