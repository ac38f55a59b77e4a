/** Tests of `capture/cursor/chat_tabs.ts`: the chats of 2024. */

import { deepEqual, equal } from "node:assert/strict";
import { NOON } from "./shapes.ts";
import { item, project, WORKSPACE } from "./state_rows.ts";

const KEY = "workbench.panel.aichat.view.aichat.chatdata";

Deno.test("chatTabs() tells each tab as a session, without what is not yet sent", () => {
  const tab = {
    tabId: "tab-1",
    chatTitle: "secret plans",
    lastSendTime: NOON,
    bubbles: [
      { type: "user", id: "u1", messageType: 2, text: "why" },
      { type: "ai", id: "a1", messageType: 3, text: "so", modelType: "claude-3.5-sonnet" },
      { type: "user", id: "u2", messageType: 2, selections: [] },
    ],
  };
  const events = project([item(KEY, { tabs: [tab] })], WORKSPACE);

  deepEqual(
    events.map(({ eventType, sessionId }) => [eventType, sessionId]),
    [["session_state", "tab-1"], ["user_prompt", "tab-1"], ["assistant_response", "tab-1"]],
  );
  equal(events[2]!.payload.model, "claude-3.5-sonnet");
  equal(events[1]!.metadata.project_hash, WORKSPACE.hash);
  equal(events[1]!.metadata.undated, true);
  equal(events[1]!.payload.untimed, true);
  equal(JSON.stringify(events).includes("plans"), false);
});

Deno.test("chatTabs() tells nothing of a tab that was never sent", () => {
  const tab = { tabId: "t", bubbles: [{ type: "user", id: "u1", text: "draft" }] };

  deepEqual(project([item(KEY, { tabs: [tab, 5, { lastSendTime: NOON }] })]), []);
});
