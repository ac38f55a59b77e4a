/** Tests of `capture/claude_code/agent_file.ts`, with files in the shape of a real client. */

import { Gate } from "../../../capture/gate.ts";
import assert from "node:assert/strict";
import { readAgentFile } from "../../../capture/claude_code/agent_file.ts";
import { DriftCounts } from "../../../capture/drift_counts.ts";
import { TranscriptParser } from "../../../capture/claude_code/transcript_parser.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { checkpointOf, privacy, projects, SECRET, START, userLine } from "./lines.ts";

const TOLD = { tool_use_id: "toolu_01", agent_id: "aa9d1", agent_type: "general-purpose" };

/** What the client writes of an agent. */
function metaOf(fields: Record<string, unknown> = {}): string {
  return JSON.stringify({
    agentType: "general-purpose",
    description: SECRET,
    toolUseId: "toolu_01",
    spawnDepth: 1,
    model: "claude-opus-5-5",
    ...fields,
  });
}

Deno.test("readAgentFile() reads the call and the type beside the agent's transcript", () => {
  using folder = tempFolder();
  const path = folder.at("agent-aa9d1.jsonl");

  assert.equal(readAgentFile(path, privacy), undefined);
  Deno.writeTextFileSync(folder.at("agent-aa9d1.meta.json"), metaOf());
  assert.deepEqual(readAgentFile(path, privacy), TOLD);
});

Deno.test("readAgentFile() keeps no name that a user gave", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("agent-aa9d1.meta.json"), metaOf({ agentType: SECRET }));

  const told = readAgentFile(folder.at("agent-aa9d1.jsonl"), privacy);
  assert.match(String(told?.agent_type), /^[0-9a-f]{16}$/);
});

Deno.test("readAgentFile() reads nothing of a file that is none of an agent, or no JSON", () => {
  using folder = tempFolder();
  for (const text of ["{", "[]", "5", metaOf({ toolUseId: undefined }), " ".repeat(70_000)]) {
    Deno.writeTextFileSync(folder.at("agent-a.meta.json"), text);
    assert.equal(readAgentFile(folder.at("agent-a.jsonl"), privacy), undefined);
  }
  Deno.writeTextFileSync(folder.at("b.meta.json"), metaOf());
  assert.equal(readAgentFile(folder.at("b.jsonl"), privacy), undefined);
});

Deno.test("readAgentFile() is asked at the end of each read, until it was told", () => {
  using folder = tempFolder();
  const path = folder.at("agent-aa9d1.jsonl"), drift = new DriftCounts();
  const parser = new TranscriptParser({
    gate: new Gate(),
    path,
    before: undefined,
    modifiedAt: START,
    privacy,
    projects,
    drift,
  });
  parser.parse(userLine("task", { isSidechain: true, agentId: "aa9d1" }));

  assert.deepEqual(parser.end(), []);
  Deno.writeTextFileSync(folder.at("agent-aa9d1.meta.json"), metaOf());
  const [event] = parser.end();
  assert.deepEqual([event?.eventType, event?.payload], ["tool_note", {
    ...TOLD,
    sidechain: true,
  }]);
  assert.equal(event?.metadata.undated, true);
  const before = checkpointOf(parser);
  const next = new TranscriptParser({
    gate: new Gate(),
    path,
    before,
    modifiedAt: START,
    privacy,
    projects,
    drift,
  });
  assert.deepEqual(next.end(), []);
});
