/** Tests of `capture/cursor/agent_call.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { agentCall, agentType } from "../../../capture/cursor/agent_call.ts";
import { readComposer } from "../../../capture/cursor/composer.ts";
import { SessionEvents } from "../../../capture/cursor/session_events.ts";
import { Privacy } from "../../../core/privacy.ts";
import { NOON } from "./shapes.ts";

const privacy = new Privacy(new Uint8Array(32).fill(7));

/** What a composer with this account of its sub-agent tells. */
function told(subagentInfo: unknown, agent?: string) {
  const json = { composerId: "c1", createdAt: NOON, subagentInfo };
  const events = new SessionEvents({ privacy, session: "root", agent });
  return agentCall(json, readComposer(json)!, events, privacy);
}

Deno.test("agentCall() tells which call started the sub-agent of a composer", () => {
  const info = { parentComposerId: "root", toolCallId: "call_1", subagentTypeName: "explore" };
  const [event] = told(info, "c1");

  equal(event?.eventType, "tool_note");
  deepEqual(event?.payload, {
    tool_use_id: "call_1",
    agent_id: "c1",
    agent_type: "explore",
    sidechain: true,
  });
  equal(event?.metadata.undated, true);
});

Deno.test("agentCall() tells nothing of a composer that is none, or names no call", () => {
  deepEqual(told({ toolCallId: "call_1" }), []);
  deepEqual(told({ parentComposerId: "root" }, "c1"), []);
});

Deno.test("agentType() keeps the name of a built-in type alone", () => {
  equal(agentType("explore", privacy), "explore");
  equal(agentType(undefined, privacy), null);
  match(String(agentType("my secret agent", privacy)), /^[0-9a-f]{16}$/);
});
