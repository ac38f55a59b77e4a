/** Tests of `capture/cursor/tool_call.ts`: calls as a bubble keeps them. */

import { deepEqual, equal } from "node:assert/strict";
import { call, composerData, NOON } from "./shapes.ts";
import { privacy, project } from "./state_rows.ts";

const params = JSON.stringify({ relativeWorkspacePath: "/home/me/a.ts" });

function told(tool: object, fields = {}) {
  return project([call("c1", { name: "edit_file_v2", params, ...tool }, fields)]);
}

Deno.test("toolCallEvents() tells a call and its result", () => {
  const [use, result] = told({
    additionalData: { precomputedDiff: { lines: [{ type: "added", content: "secret" }] } },
  });

  deepEqual([use!.eventType, use!.payload], ["tool_use", {
    tool_use_id: "tool_c1",
    tool: "edit_file",
    tool_kind: "edit",
    file_extension: "ts",
    file: privacy.hash("file /home/me/a.ts"),
  }]);
  deepEqual([result!.eventType, result!.payload], ["tool_result", {
    tool_use_id: "tool_c1",
    outcome: "ok",
    decided_by: "policy",
    lines_added: 1,
    lines_removed: 0,
  }]);
});

Deno.test("toolCallEvents() tells the model that asked for a call, where a bubble does", () => {
  const [use] = told({}, { modelInfo: { modelName: "claude-4.5-sonnet" } });

  equal(use!.payload.model, "claude-4.5-sonnet");
  const [hidden] = told({}, { modelInfo: { modelName: "My secret model" } });
  equal(hidden!.payload.model, "other");
});

Deno.test("toolCallEvents() tells a running call without its file", () => {
  const events = told({ status: "loading" });

  equal(events.length, 1);
  equal(events[0]!.payload.file, undefined);
});

Deno.test("toolCallEvents() hides an id of no shape, as every source does", () => {
  const [use] = told({ toolCallId: "call_1\nfc_2" });

  equal(use!.payload.tool_use_id, privacy.id("call_1\nfc_2"));
});

Deno.test("toolCallEvents() takes the bubble's id, where the call has none", () => {
  equal(told({ toolCallId: undefined })[0]!.payload.tool_use_id, "c1");
});

Deno.test("toolCallEvents() puts the refusal of what was done above its result", () => {
  const result = told({ userDecision: "rejected" })[1];

  deepEqual([result!.payload.outcome, result!.payload.corrects], ["rejected", true]);
});

Deno.test("toolCallEvents() tells how long a call ran, where both ends are told", () => {
  const [, timed] = told({}, { timingInfo: { clientStartTime: 5, clientEndTime: 47.4 } });
  const [, untimed] = told({ additionalData: { startedAtMs: NOON } });

  deepEqual([timed!.payload.duration_ms, timed!.timestamp], [42, NOON + 1042]);
  equal(untimed!.payload.duration_ms, undefined);
});

Deno.test("toolCallEvents() gives the same ids again, others to other results", () => {
  const ids = (tool: object) => told(tool).map(({ eventId }) => eventId);

  deepEqual(ids({}), ids({}));
  equal(ids({})[1] === ids({ status: "error" })[1], false);
  equal(ids({})[0], ids({ status: "error" })[0]);
});

Deno.test("toolCallEvents() tells no lines of an edit that was not made", () => {
  const additionalData = { precomputedDiff: { lines: [{ type: "added" }] } };
  const [, result] = told({ status: "error", error: "x", additionalData });

  equal(result!.payload.lines_added, undefined);
  equal(project([composerData(), call("c2", { name: "read_lints" })]).length, 4);
});
