/** Made-up rows in the shapes that real databases have, and no more of them than is read. */

import type { StateRow } from "../../../capture/cursor/state_rows.ts";
import { item, kv } from "./state_rows.ts";

/** 2026-03-01T12:00:00Z. */
export const NOON = Date.UTC(2026, 2, 1, 12);

/** The composer of most tests. */
export const COMPOSER = "11111111-aaaa-4bbb-8ccc-000000000001";

/** Anything that a row holds. */
export type Fields = Readonly<Record<string, unknown>>;

/** A row `composerData:<id>` of 2026 (`_v` 16). */
export function composerData(fields: Fields = {}, id = COMPOSER): StateRow {
  return kv(`composerData:${id}`, {
    _v: 16,
    composerId: id,
    createdAt: NOON,
    lastUpdatedAt: NOON + 60_000,
    unifiedMode: "agent",
    forceMode: "edit",
    isDraft: false,
    modelConfig: { modelName: "gpt-5", maxMode: false },
    usageData: {},
    fullConversationHeadersOnly: [],
    ...fields,
  });
}

/** A row `bubbleId:<composer>:<id>` of 2026 (`_v` 3). */
export function bubble(id: string, fields: Fields = {}, composer = COMPOSER): StateRow {
  return kv(`bubbleId:${composer}:${id}`, {
    _v: 3,
    type: 2,
    bubbleId: id,
    createdAt: new Date(NOON + 1000).toISOString(),
    tokenCount: { inputTokens: 0, outputTokens: 0 },
    text: "",
    ...fields,
  });
}

/** A bubble with a call of a tool. */
export function call(id: string, tool: Fields, fields: Fields = {}): StateRow {
  return bubble(id, {
    capabilityType: 15,
    toolFormerData: { toolCallId: `tool_${id}`, status: "completed", ...tool },
    ...fields,
  });
}

/** A list of a composer's messages: `u1` is a person's, everything else is not. */
export function headers(...ids: readonly string[]): Fields {
  return {
    fullConversationHeadersOnly: ids.map((bubbleId) => ({
      bubbleId,
      type: bubbleId.startsWith("u") ? 1 : 2,
      grouping: {},
    })),
  };
}

/** The workspace row of 2024 and 2025. */
export function composers(...all: readonly Fields[]): StateRow {
  return item("composer.composerData", { allComposers: all, selectedComposerIds: [] });
}
