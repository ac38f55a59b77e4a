/**
 * What stands beside a sub-agent's transcript, in a file of its own: which call started it, and
 * what kind of agent it is. Of one that was broken off no result tells that.
 *
 * @module
 */

import type { EventRecord } from "../../core/event.ts";
import type { Privacy } from "../../core/privacy.ts";
import { objectOf, textOf } from "../json_access.ts";
import { safeAgentType } from "./closed_lists.ts";

const BYTES_MAX = 64 * 1024;

/** What is told of the agent of this transcript; undefined where nothing is, or not yet. */
export function readAgentFile(path: string, privacy: Privacy): EventRecord | undefined {
  const agent = /[/\\]agent-([^/\\]+)\.jsonl$/.exec(path)?.[1];
  if (agent === undefined) return undefined;
  const { toolUseId, agentType } = readSmallJson(path.replace(/\.jsonl$/, ".meta.json"));
  const call = textOf(toolUseId), type = textOf(agentType);
  if (call === undefined) return undefined;
  return {
    tool_use_id: privacy.id(call),
    agent_id: privacy.id(agent),
    ...(type === undefined ? {} : { agent_type: safeAgentType(type, privacy) }),
  };
}

/** The object in a file; an empty one where there is none that can be read. */
function readSmallJson(path: string): Record<string, unknown> {
  try {
    return Deno.statSync(path).size > BYTES_MAX
      ? {}
      : objectOf(JSON.parse(Deno.readTextFileSync(path)));
  } catch (error) {
    // Old clients write none, and a new one may be writing it now.
    if (!(error instanceof Error)) throw error;
    return {};
  }
}
