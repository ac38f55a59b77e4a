/** Tests of `capture/cursor/composer.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { epochMs, isUserType, readComposer } from "../../../capture/cursor/composer.ts";
import { NOON } from "./shapes.ts";

Deno.test("readComposer() reads what lists and rows of all ages have in common", () => {
  const composer = readComposer({
    composerId: "c",
    createdAt: NOON,
    lastUpdatedAt: NOON + 1,
    conversationCheckpointLastUpdatedAt: NOON + 2,
    isDraft: true,
    modelConfig: { selectedModels: [{ modelId: "gpt-5" }] },
    workspaceIdentifier: { id: "x", uri: { fsPath: "/home/me/shop", external: "file:///x" } },
    subagentInfo: { parentComposerId: "p", subagentTypeName: "x" },
    fullConversationHeadersOnly: [
      { bubbleId: "b", type: 1, createdAt: "2026-03-01T12:00:00Z", completedAtMs: NOON + 9 },
      { type: 2 },
    ],
  });

  deepEqual(composer, {
    id: "c",
    createdAt: NOON,
    updatedAt: NOON + 1,
    stateAt: NOON + 2,
    parent: "p",
    isDraft: true,
    folder: "/home/me/shop",
    model: "gpt-5",
    headers: [{
      bubbleId: "b",
      isUser: true,
      startedAt: NOON,
      completedAt: NOON + 9,
      grouping: {},
    }],
  });
});

Deno.test("readComposer() reads no composer of what stands for one", () => {
  deepEqual(
    [readComposer({}), readComposer({}, "empty-state-draft"), readComposer({ composerId: 5 })],
    [undefined, undefined, undefined],
  );
  equal(readComposer({ composerId: "a" }, "b")!.id, "b");
});

Deno.test("epochMs() takes times of this age alone, whatever they are written as", () => {
  deepEqual([NOON, NOON + 0.7, "2026-03-01T12:00:00.000Z"].map(epochMs), [NOON, NOON, NOON]);
  deepEqual([12_345.6, 0, -1, 1e15, NaN, "x", null].map(epochMs), Array(7).fill(undefined));
});

Deno.test("isUserType() knows both ways of writing it", () => {
  deepEqual([1, "user", 2, "ai", undefined].map(isUserType), [true, true, false, false, false]);
});
