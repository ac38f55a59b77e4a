/** Tests of `capture/cursor/bubble.ts`: what a message says, in every age's shape. */

import { deepEqual, equal } from "node:assert/strict";
import { modelName } from "../../../capture/cursor/bubble.ts";
import { bubble, COMPOSER, composerData, headers, NOON } from "./shapes.ts";
import { project } from "./state_rows.ts";

function told(...rows: Parameters<typeof project>[0]) {
  return project(rows).filter(({ eventType }) =>
    eventType !== "activity" && eventType !== "session_state"
  );
}

Deno.test("bubbleRow() tells a person's message by its size, at its own time", () => {
  const [event, ...rest] = told(bubble("u1", { type: 1, text: "make it so\nplease" }));

  deepEqual(rest, []);
  equal(event!.eventType, "user_prompt");
  equal(event!.sessionId, COMPOSER);
  equal(event!.timestamp, NOON + 1000);
  deepEqual(event!.payload, { characters: 17, words: 4, lines: 2 });
  equal(event!.metadata.undated, undefined);
});

Deno.test("bubbleRow() tells nothing of an input that holds neither text nor image", () => {
  equal(told(bubble("u1", { type: 1, text: " " })).length, 0);
  equal(told(bubble("u1", { type: 1, images: [{ path: "x" }] }))[0]!.payload.image, true);
});

Deno.test("bubbleRow() tells an answer once, with the model that was asked for it", () => {
  const rows = [
    composerData(headers("u1", "a1")),
    bubble("u1", { type: 1, text: "go", modelInfo: { modelName: "claude-4-sonnet" } }),
    bubble("a1", { text: "done" }),
  ];
  const answer = told(...rows).find(({ eventType }) => eventType === "assistant_response");

  deepEqual(answer!.payload, {
    message_id: "a1",
    model: "claude-4-sonnet",
    tokens: "not_kept",
  });
});

Deno.test("bubbleRow() takes the composer's model, where no message names one", () => {
  const [answer] = told(composerData(headers("a1")), bubble("a1", { text: "done" }));

  equal(answer!.payload.model, "gpt-5");
});

Deno.test("bubbleRow() counts thoughts and empty bubbles as no answers", () => {
  for (
    const fields of [
      { text: "hm", capabilityType: 30 },
      { text: "hm", isThought: true },
      { text: "" },
      { text: "", toolFormerData: { additionalData: {} } },
    ]
  ) equal(told(bubble("a1", fields)).length, 0);
});

Deno.test("bubbleRow() calls tokens that an old version counted an estimate", () => {
  const [answer] = told(
    bubble("a1", { text: "ok", tokenCount: { inputTokens: 90, outputTokens: 7 } }),
  );

  equal(answer!.payload.tokens, "estimated");
  deepEqual([answer!.payload.input_tokens, answer!.payload.output_tokens], [90, 7]);
});

Deno.test("bubbleRow() gives a bubble without a time the place that its composer gives it", () => {
  const old = { createdAt: undefined, type: 1, text: "go" };
  const [first, second] = told(
    composerData(headers("u1", "u2")),
    bubble("u2", old),
    bubble("u1", { ...old, timingInfo: { clientStartTime: 2_000_000 } }),
  );

  deepEqual([first!.timestamp, first!.metadata.undated], [NOON + 1, true]);
  deepEqual([second!.timestamp, second!.metadata.undated], [NOON, true]);
});

Deno.test("bubbleRow() takes the time of the header, where only that has one", () => {
  const [event] = told(
    composerData({
      fullConversationHeadersOnly: [{ bubbleId: "u1", type: 1, startedAtMs: NOON + 5 }],
    }),
    bubble("u1", { createdAt: undefined, type: 1, text: "go" }),
  );

  deepEqual([event!.timestamp, event!.metadata.undated], [NOON + 5, undefined]);
});

Deno.test("bubbleRow() tells nothing of a bubble of which nothing tells when it was", () => {
  equal(told(bubble("u1", { createdAt: undefined, type: 1, text: "go" })).length, 0);
});

Deno.test("bubbleRow() tells how full the context was, and how long a turn took", () => {
  const window = { tokensUsed: 33_610, tokenLimit: 200_000, percentageRemaining: 83 };
  const [, state] = project([
    bubble("u1", { type: 1, text: "go", contextWindowStatusAtCreation: window }),
  ]);
  const end = told(bubble("a1", { text: "ok", turnDurationMs: 136_612 }))[1];

  deepEqual(state!.payload, { context_tokens: 33_610, context_limit: 200_000 });
  deepEqual([end!.eventType, end!.payload.duration_ms], ["turn_end", 136_612]);
});

Deno.test("modelName() names what Cursor chooses itself, and no model that is not known", () => {
  deepEqual(["default", "gpt-5", "My Model", ""].map(modelName), [
    "auto",
    "gpt-5",
    "other",
    "other",
  ]);
});
