/**
 * A composer, which is a conversation, as its own row and every list of composers tell of it.
 *
 * @module
 */

import { type Json, objectOf, objectsOf, textOf, timeOf } from "../json_access.ts";
import { localPath } from "./file_path.ts";

/** What is known of a composer; everything may be missing. */
export interface Composer {
  readonly id: string;
  readonly createdAt: number | undefined;
  /** When its last message was sent. */
  readonly updatedAt: number | undefined;
  /** Of what moment its gauges are: they go on behind the last message. */
  readonly stateAt: number | undefined;
  /** The composer that it works for, if it is a sub-agent's. */
  readonly parent: string | undefined;
  /** Whether it was never sent: a window's empty input, or the place of one. */
  readonly isDraft: boolean;
  /** Path of the folder that was open. */
  readonly folder: string | undefined;
  /** The model that is chosen now. */
  readonly model: string | undefined;
  /** Its messages, in their order. */
  readonly headers: readonly Header[];
}

/** A message as the composer lists it. */
export interface Header {
  readonly bubbleId: string;
  readonly isUser: boolean;
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
  readonly grouping: Json;
}

/** Milliseconds before September 2001 are of some other clock, as that of a page. */
const EPOCH_MS_MIN = 1e12;
const EPOCH_MS_MAX = 1e14;
const NO_COMPOSERS: ReadonlySet<string> = new Set(["empty-state-draft", "empty-window"]);

/** Reads a composer; undefined for what has no id, and for what stands for one alone. */
export function readComposer(json: Json, key?: string): Composer | undefined {
  const id = key ?? textOf(json.composerId);
  if (id === undefined || NO_COMPOSERS.has(id)) return undefined;
  const agent = objectOf(json.subagentInfo);
  const config = objectOf(json.modelConfig);
  const [selected] = objectsOf(config.selectedModels);
  const updatedAt = epochMs(json.lastUpdatedAt);
  const checkpointAt = epochMs(json.conversationCheckpointLastUpdatedAt);
  return {
    id,
    createdAt: epochMs(json.createdAt),
    updatedAt,
    stateAt: later(updatedAt, checkpointAt),
    parent: textOf(agent.rootParentConversationId) ?? textOf(agent.parentComposerId),
    isDraft: json.isDraft === true,
    folder: localPath(objectOf(json.workspaceIdentifier).uri),
    model: textOf(config.modelName) ?? textOf(objectOf(selected).modelId),
    headers: objectsOf(json.fullConversationHeadersOnly).flatMap(readHeader),
  };
}

/** A time as Cursor writes it: milliseconds, or ISO. */
export function epochMs(value: unknown): number | undefined {
  const time = typeof value === "number" ? value : timeOf(value);
  // Of what is no number nothing is true.
  return time !== undefined && time >= EPOCH_MS_MIN && time <= EPOCH_MS_MAX
    ? Math.trunc(time)
    : undefined;
}

/** The time that a message itself tells; older ones tell only when it was sent. */
export function ownTime(json: Json): number | undefined {
  const timing = objectOf(json.timingInfo);
  return epochMs(json.createdAt) ?? epochMs(timing.clientStartTime) ??
    epochMs(timing.clientRpcSendTime);
}

/** Whether a message is a person's; older shapes write a word. */
export function isUserType(type: unknown): boolean {
  return type === 1 || type === "user";
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? a ?? b : Math.max(a, b);
}

function readHeader(json: Json): Header[] {
  const bubbleId = textOf(json.bubbleId);
  if (bubbleId === undefined) return [];
  return [{
    bubbleId,
    isUser: isUserType(json.type),
    startedAt: epochMs(json.createdAt) ?? epochMs(json.startedAtMs),
    completedAt: epochMs(json.completedAtMs),
    grouping: objectOf(json.grouping),
  }];
}
