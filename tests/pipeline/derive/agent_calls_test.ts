/** Tests of `pipeline/derive/agent_calls.ts`, over a real database. */

import { factKey } from "../../../core/fact_key.ts";
import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { AgentCalls } from "../../../pipeline/derive/agent_calls.ts";
import { makeToolResult, makeToolUse } from "../../helpers/events.ts";
import { openParts } from "../open_parts.ts";
import { tempDatabase } from "../temp_database.ts";

function use(type?: string): TelemetryEvent {
  const event = makeToolUse({ id: "u1", use: "u1", tool: "Agent" });
  const told = type === undefined ? {} : { agent_type: literal(type) };
  return { ...event, payload: { ...event.payload, ...told } };
}

function result(agent: string): TelemetryEvent {
  const event = makeToolResult({ id: `r${agent}`, use: "u1" });
  return { ...event, payload: { ...event.payload, agent_id: literal(agent) } };
}

/** The rows that these events leave: of each its agent and type. */
function rowsOf(...events: readonly TelemetryEvent[]): unknown[][] {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const calls = new AgentCalls(parts.db, parts.words);
  for (const event of events) calls.tell(1, event);
  const rows = parts.db.prepare(
    "select agent, (select text from words where id = type) as type from agent_calls",
  ).all();
  return rows.map((row) => Object.values(row));
}

Deno.test("AgentCalls.tell() joins the type of a call with the agent of its result", () => {
  const joined = [[factKey("a1"), "Explore"]];

  assert.deepEqual(rowsOf(use("Explore"), result("a1")), joined);
  assert.deepEqual(rowsOf(result("a1"), use("Explore"), result("a1")), joined);
  assert.deepEqual(rowsOf(use("Explore")), [[null, "Explore"]]);
});

Deno.test("AgentCalls.tell() keeps one of two alike, in whatever order they come", () => {
  const two = [use("Plan"), result("a1"), use("Explore"), result("a2")];

  assert.deepEqual(rowsOf(...two), rowsOf(...two.toReversed()));
  assert.equal(rowsOf(...two)[0]?.[1], "Explore");
});

Deno.test("AgentCalls.tell() takes no call of another kind", () => {
  assert.deepEqual(rowsOf(use(), makeToolResult({ id: "r", use: "u1" })), []);
});
